/**
 * A stand-in for a model behind an OpenAI-compatible API, as far as it is asked where columns go: it reads the question
 * out of what it is sent and answers by simple rules. Its moods are those that real ones have.
 */
import { type Asked, type Reply, type StandIn, type StandInOptions, startStandIn } from "../frame/stand-in";
import { contextTooLong, invalidRequest, modelManners, nothingThere, unknownModel } from "./errors";
import { judge, readQuestion } from "./rules";

export const MODEL = "sandbox-mapper-1";

/** How it answers: as it was asked to, or as models do now and then. */
export const moods = [
  "plain",
  /** In a fence, with a word before and after. */
  "prose",
  /** No JSON at all. */
  "chatty",
  /** JSON that ends in the middle: it had no room for more. */
  "cut-short",
  /** Fields that nobody offered, columns that nobody sent, certainty beyond all measure. */
  "made-up",
  /** JSON of another shape. */
  "other-shape",
  /** It would rather not. */
  "refuses",
] as const;
export type Mood = (typeof moods)[number];

export interface ModelStandIn extends StandIn {
  mood: Mood;
  /** Servers that know no `response_format`. */
  knowsJsonMode: boolean;
}

interface Request {
  model?: unknown;
  messages?: unknown;
  response_format?: { type?: unknown };
}

const MOST_CHARACTERS = 60_000;

export async function startModel(options: Omit<StandInOptions, "clock"> = {}): Promise<ModelStandIn> {
  const state: Pick<ModelStandIn, "mood" | "knowsJsonMode"> = { mood: "plain", knowsJsonMode: true };
  const standIn = await startStandIn((asked) => replyTo(state, asked), modelManners, options);
  return Object.assign(state, standIn);
}

function replyTo(state: Pick<ModelStandIn, "mood" | "knowsJsonMode">, asked: Asked): Reply {
  const what = `${asked.method} ${asked.path}`;
  if (what === "GET /v1/models") return { status: 200, body: modelList };
  return what === "POST /v1/chat/completions" ? completion(state, asked) : nothingThere(asked);
}

const modelList = {
  object: "list",
  data: [{ id: MODEL, object: "model", created: 1_770_000_000, owned_by: "sandbox" }],
};

function completion({ mood, knowsJsonMode }: Pick<ModelStandIn, "mood" | "knowsJsonMode">, { body }: Asked): Reply {
  const request = read(body);
  const messages = request && messagesOf(request);
  if (!messages) return invalidRequest("We could not parse the JSON body of your request.", null);
  if (request.model !== MODEL) return unknownModel(String(request.model));
  const text = messages.map(({ content }) => content).join("\n");
  if (text.length > MOST_CHARACTERS) return contextTooLong();
  const refusal = formatRefused(request, text, knowsJsonMode);
  if (refusal) return refusal;
  return { status: 200, body: answered(mood, messages) };
}

function formatRefused({ response_format: format }: Request, text: string, knowsJsonMode: boolean): Reply | null {
  if (format === undefined) return null;
  if (!knowsJsonMode) return invalidRequest("Unknown parameter: 'response_format'.", "response_format");
  // As OpenAI has it: else it may go on with blanks for ever.
  if (format.type !== "json_object" || /json/i.test(text)) return null;
  const said = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
  return invalidRequest(said, "messages");
}

interface Message {
  role: string;
  content: string;
}

function read(body: string): Request | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function messagesOf({ messages }: Request): Message[] | null {
  if (!Array.isArray(messages) || messages.length === 0) return null;
  const isMessage = (one: Partial<Message> | null) =>
    typeof one?.role === "string" &&
    ["system", "user", "assistant"].includes(one.role) &&
    typeof one.content === "string";
  return messages.every(isMessage) ? (messages as Message[]) : null;
}

function answered(mood: Mood, messages: readonly Message[]): object {
  const question = readQuestion(messages.findLast(({ role }) => role === "user")?.content ?? "");
  const columns = question ? judge(question) : [];
  const json = JSON.stringify({ columns });
  const { content, refusal = null, finish = "stop" } = inMood[mood](json);
  return {
    ...{ id: `chatcmpl-${json.length.toString(36)}sandbox`, object: "chat.completion", created: 1_790_000_000 },
    model: MODEL,
    choices: [{ index: 0, message: { role: "assistant", content, refusal }, logprobs: null, finish_reason: finish }],
    usage: { prompt_tokens: 900, completion_tokens: 300, total_tokens: 1_200 },
    system_fingerprint: null,
  };
}

interface Said {
  content: string | null;
  refusal?: string;
  finish?: "length";
}

const inMood: Record<Mood, (json: string) => Said> = {
  plain: (json) => ({ content: json }),
  prose: (json) => ({
    content: `Sure! Here is where your columns go:\n\n\`\`\`json\n${json}\n\`\`\`\n\nLet me know {if} you need more.`,
  }),
  chatty: () => ({ content: "I think that the first one is an email address, and the others are hard to tell." }),
  "cut-short": (json) => ({ content: json.slice(0, json.length / 2), finish: "length" }),
  "made-up": (json) => ({ content: madeUp(json) }),
  "other-shape": () => ({ content: JSON.stringify({ answer: { "1": "email" } }) }),
  refuses: () => ({ content: null, refusal: "I’m sorry, but I cannot help with that." }),
};

/** Half of what it says is as it should be. */
function madeUp(json: string): string {
  const { columns } = JSON.parse(json) as { columns: { confidence: number }[] };
  const [first, second, ...rest] = columns;
  return JSON.stringify({
    columns: [
      ...(first ? [{ ...first, field: "socialSecurityNumber" }] : []),
      ...(second ? [{ ...second, confidence: 140 }] : []),
      ...rest,
      { id: "4711", field: "email", confidence: 0.99, why: "It must be one." },
      { id: 1, confidence: "very" },
    ],
  });
}
