/**
 * What a provider's API answers: its data, or trouble told by kind. Status first, as codes and texts of the same trouble
 * differ from answer to answer; what a provider says beyond that is judged by its own folder.
 */
import {
  type Connection,
  GrantEnded,
  type Json,
  type JsonObject,
  OutOfOrder,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";

export interface Refusal {
  status: number;
  headers: Headers;
  /** Null: it was no JSON. */
  body: Json;
}

/** A system as it is spoken to. */
export interface Speaker {
  /** As people call it: "Google". */
  name: string;
  /** What a refusal means there; null: what it usually means. */
  troubleOf?(refusal: Refusal): Trouble | null;
  /** Its own words in a refusal; null: none. */
  wordsOf?(body: Json): string | null;
}

export interface Answer {
  /** 200 or another that is no refusal. */
  status: number;
  /** JSON, as far as it says so of itself. */
  text: string;
  headers: Headers;
}

/** @throws Trouble for everything but data */
export async function answerOf(
  connection: Connection,
  speaker: Speaker,
  address: string,
  init?: RequestInit,
): Promise<Answer> {
  const response = await reaching(connection, speaker, () => connection.fetch(address, init));
  const text = await reaching(connection, speaker, () => response.text());
  if (!response.ok) throw troubleOf(speaker, { status: response.status, headers: response.headers, body: read(text) });
  if (!/\bjson\b/i.test(response.headers.get("content-type") ?? "")) throw noData(speaker);
  return { status: response.status, text, headers: response.headers };
}

/** @throws Trouble for everything but an object of JSON */
export async function objectOf(
  connection: Connection,
  speaker: Speaker,
  address: string,
  init?: RequestInit,
): Promise<JsonObject> {
  const { text } = await answerOf(connection, speaker, address, init);
  const found = read(text);
  if (!isObject(found)) throw brokenOff(speaker);
  return found;
}

/** Half an answer is no answer, even if its length was right. */
export function brokenOff({ name }: Speaker): OutOfOrder {
  return new OutOfOrder(`${name} sent an answer that breaks off. It is tried again by itself.`);
}

function noData({ name }: Speaker): OutOfOrder {
  return new OutOfOrder(
    `${name} answered with a page instead of data. If that goes on, something between here and there answers in its place: a proxy, a filter, a page to sign in to a network.`,
  );
}

/** What the network does is told as trouble; what we stopped ourselves stays what it is. */
async function reaching<Result>(
  connection: Connection,
  { name }: Speaker,
  reach: () => Promise<Result>,
): Promise<Result> {
  try {
    return await reach();
  } catch (error) {
    if (error instanceof Trouble || connection.signal.aborted) throw error;
    throw Object.assign(new OutOfOrder(`${name} could not be reached, or hung up. It is tried again by itself.`), {
      cause: error,
    });
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function read(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function troubleOf(speaker: Speaker, refusal: Refusal): Trouble {
  return speaker.troubleOf?.(refusal) ?? usualTrouble(speaker, refusal);
}

/** 509 is what Microsoft calls too much bandwidth. */
const tooMuch = new Set([408, 429, 509]);

function usualTrouble(speaker: Speaker, { status, headers, body }: Refusal): Trouble {
  const { name } = speaker;
  const waitMs = waitOf(headers);
  const said = wordsOf(speaker, body);
  if (tooMuch.has(status) || (status >= 500 && waitMs !== null)) {
    return new Throttled(`${name} asks to be left in peace for a while.`, waitMs);
  }
  if (status >= 500) {
    return new OutOfOrder(`${name} is out of order at the moment (${status}). It is tried again by itself.`);
  }
  if (status === 401) {
    return new GrantEnded(`${name} does not accept the agreement any more. Somebody has to connect it again.`);
  }
  if (status === 403) return new Trouble(`${name} does not allow this to be read${said}`);
  return new Trouble(`${name} refused what it was asked for (${status})${said}`);
}

const MOST_WORDS = 200;

/** ": “Its own words.”", or a full stop. */
function wordsOf({ wordsOf }: Speaker, body: Json): string {
  return quoted(wordsOf?.(body) ?? null);
}

/** What a provider said, as the end of a sentence: ": “Its own words.”", no more of them than fit; a full stop for none. */
export function quoted(said: string | null): string {
  const words = said
    ?.replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, MOST_WORDS);
  return words ? `: “${words}”` : ".";
}

const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** `Retry-After` in milliseconds, RFC 9110 10.2.3, in seconds or until a date by the clock of who says it; null: there is none. */
function waitOf(headers: Headers): number | null {
  const after = headers.get("retry-after")?.trim();
  if (!after) return null;
  if (/^\d+$/.test(after)) return Math.min(Number(after) * 1000, LONGEST_WAIT_MS);
  const [until, now] = [Date.parse(after), Date.parse(headers.get("date") ?? "")];
  return Number.isNaN(until - now) ? null : Math.min(Math.max(until - now, 0), LONGEST_WAIT_MS);
}
