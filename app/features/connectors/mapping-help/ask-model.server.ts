/**
 * Asks a model where columns might go, by the API that most have (OpenAI's chat completions). Its address is somebody's
 * own, so it is reached through the guard. Whatever comes back instead of an answer is told in words of ours: nothing
 * that was sent or received is in them.
 */
import { z } from "zod";
import { messagesOf, type Question } from "~/features/connectors/mapping-help/question";
import { readAnswer, type ReadAnswer } from "~/features/connectors/mapping-help/read-answer";
import { type GuardedFetch, UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

const MOST_BYTES = 500_000;

export interface Model {
  fetch: GuardedFetch;
  /** Of the API, without a slash at the end: `https://api.openai.com/v1`. */
  address: string;
  model: string;
  /** Null: it asks for none. */
  key: string | null;
  signal: AbortSignal;
  timeoutMs: number;
}

export type ModelAnswer = ({ ok: true } & ReadAnswer) | { ok: false; problem: string };

/** @throws what `signal` was aborted with. */
export async function askModel(model: Model, question: Question): Promise<ModelAnswer> {
  const first = await post(model, { ...requestOf(model, question), response_format: { type: "json_object" } });
  // Some servers know no JSON mode; then it is asked in words alone.
  const answer = first?.status === 400 ? await post(model, requestOf(model, question)) : first;
  if (!answer) return { ok: false, problem: unreachable(model) };
  if (!answer.ok) return { ok: false, problem: refusalOf(model, answer, parsed(await answer.text())) };
  const said = readCompletion(await answer.text(), answer.headers.get("content-type"));
  if ("problem" in said) return { ok: false, problem: `${hostOf(model)} ${said.problem}` };
  const read = readAnswer(said.content, question);
  return read ? { ok: true, ...read } : { ok: false, problem: `${hostOf(model)} ${noAnswer}` };
}

/** One after the other, as long as each is answered. @throws what `signal` was aborted with. */
export async function askInTurn(model: Model, questions: readonly Question[]): Promise<ModelAnswer[]> {
  const answers: ModelAnswer[] = [];
  for (const question of questions) {
    const answer = await askModel(model, question);
    answers.push(answer);
    if (!answer.ok) break;
  }
  return answers;
}

function requestOf({ model }: Model, question: Question) {
  return { model, messages: messagesOf(question) };
}

/** Null: there was no answer in time, or none that may be read. */
async function post({ fetch, address, key, signal, timeoutMs }: Model, body: object): Promise<Response | null> {
  const limit = timeLimit(signal, timeoutMs);
  try {
    return await fetch(
      `${address}/chat/completions`,
      {
        method: "POST",
        headers: { "content-type": "application/json", ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(body),
        signal: limit.signal,
      },
      { timeoutMs: timeoutMs + SECOND_MS, mostBytes: MOST_BYTES },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UnreachableError || limit.signal.aborted) return null;
    throw error;
  } finally {
    limit.end();
  }
}

const hostOf = ({ address }: Pick<Model, "address">) => new URL(address).host;

function unreachable(model: Model): string {
  const seconds = Math.round(model.timeoutMs / SECOND_MS);
  return `${hostOf(model)} could not be reached, or did not answer within ${seconds} seconds. Its address has to begin with https:// and to be open to the internet.`;
}

const MINUTE = 60;

function refusalOf(model: Model, { status, headers }: Response, body: unknown): string {
  const host = hostOf(model);
  if (status === 401) return `${host} does not accept the key. Enter the right one in the settings of the model.`;
  if (status === 403)
    return `${host} does not let this key ask “${model.model}”. Choose another model, or another key.`;
  if (status === 404)
    return `${host} knows no model “${model.model}”, or is not reached like this: its address usually ends with /v1.`;
  if (status === 429) return tooMuch(host, headers, body);
  if (status >= 500) return `${host} is out of order at the moment (${status}). Try again later.`;
  return `${host} refused the question (${status}). Another model may take it.`;
}

const errorBody = z.object({ error: z.object({ code: z.string().nullish(), type: z.string().nullish() }) });

function tooMuch(host: string, headers: Headers, body: unknown): string {
  const { data } = errorBody.safeParse(body);
  if ([data?.error.code, data?.error.type].includes("insufficient_quota")) {
    return `${host} says that what was paid for is used up. Nothing is answered until somebody pays there.`;
  }
  const after = headers.get("retry-after")?.trim() ?? "";
  const seconds = /^\d{1,6}$/.test(after) ? Number(after) : null;
  if (seconds === null) return `${host} is asked too much at the moment. Try again in some minutes.`;
  if (seconds <= MINUTE) return `${host} is asked too much at the moment. Try again in a minute.`;
  return `${host} is asked too much at the moment. Try again in ${Math.ceil(seconds / MINUTE)} minutes.`;
}

const completion = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullish() }), finish_reason: z.string().nullish() }))
    .min(1),
});

const noAnswer = "did not answer what it was asked. Try again, or choose another model.";

function readCompletion(text: string, type: string | null): { content: string } | { problem: string } {
  if (!/\bjson\b/i.test(type ?? "")) {
    return { problem: "answered with a page instead of data. Its address may be wrong: it usually ends with /v1." };
  }
  const found = completion.safeParse(parsed(text));
  const [choice] = found.data?.choices ?? [];
  if (!choice)
    return { problem: "sent something that is no answer of a model. Its address may be wrong, or it broke off." };
  if (choice.finish_reason === "length") {
    return {
      problem: "broke off in the middle of its answer: it had no room for more. Choose a model that may say more.",
    };
  }
  const { content } = choice.message;
  return content ? { content } : { problem: "would not answer. Choose another model." };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
