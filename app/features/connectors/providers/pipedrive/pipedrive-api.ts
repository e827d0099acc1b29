/** How Pipedrive's API is asked, and what its refusals mean. */
import {
  type Connection,
  type Json,
  type JsonObject,
  OutOfOrder,
  Throttled,
  type Trouble,
} from "~/features/connectors/connector";
import { answerOf, brokenOff, isObject, type Refusal, type Speaker } from "~/features/connectors/reading/answers";

/** The largest page. */
export const PAGE_SIZE = 500;

/** A request that is refused as it stands: the cursor in it may be worn out. */
export class WrongRequest extends OutOfOrder {
  override name = "WrongRequest";
}

const speaker: Speaker = { name: "Pipedrive", troubleOf, wordsOf };

export interface Answer {
  body: JsonObject;
  /** When it was given, by Pipedrive's clock; null: it does not say. */
  at: string | null;
}

export async function ask(connection: Connection, path: string): Promise<Answer> {
  const { api_domain: domain } = connection.extras;
  const base = typeof domain === "string" && URL.canParse(domain) ? new URL(domain).origin : connection.base("api");
  const { text, headers } = await answerOf(connection, speaker, base + path);
  const body = parsed(text);
  if (!isObject(body)) throw brokenOff(speaker);
  const at = Date.parse(headers.get("date") ?? "");
  return { body, at: Number.isNaN(at) ? null : new Date(at).toISOString() };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export interface ListPage {
  entries: readonly JsonObject[];
  /** Null: there are no more. */
  next: string | null;
  at: string | null;
}

/** @param what as the path has it: `persons`, `personFields` */
export async function listPage(connection: Connection, what: string, query: Record<string, string>): Promise<ListPage> {
  const { body: answer, at } = await ask(connection, `/api/v2/${what}?${new URLSearchParams(query).toString()}`);
  if (!Array.isArray(answer.data))
    throw new OutOfOrder("Pipedrive answered without its list. It is tried again by itself.");
  const more = isObject(answer.additional_data) ? answer.additional_data.next_cursor : null;
  return {
    entries: (answer.data as readonly Json[]).filter(isObject),
    next: typeof more === "string" && more !== "" ? more : null,
    at,
  };
}

const HOUR_MS = 60 * 60 * 1000;

/** The day's budget comes back at midnight by Pipedrive's clock, whatever `Retry-After` says; a burst's window in seconds. */
function troubleOf({ status, headers, body }: Refusal): Trouble | null {
  if (status === 400) return new WrongRequest(`Pipedrive refused what it was asked for${said(body)}`);
  if (status !== 429) return null;
  if (headers.get("x-daily-ratelimit-token-remaining") === "0") {
    return new Throttled("Pipedrive answers no more today: what the account may ask for in a day is used up.", HOUR_MS);
  }
  const seconds = Number(headers.get("retry-after") ?? headers.get("x-ratelimit-reset") ?? NaN);
  const waitMs = Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds, 2) * 1000 : null;
  return new Throttled("Pipedrive asks to be left in peace for a while.", waitMs);
}

function said(body: Json): string {
  const words = wordsOf(body);
  return words ? `: “${words.slice(0, 200)}”` : ".";
}

function wordsOf(body: Json): string | null {
  return isObject(body) && typeof body.error === "string" ? body.error : null;
}
