/** How Shopify's Admin API is asked, what its refusals mean, and when it may be asked again. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type Connection,
  type Json,
  type JsonObject,
  OutOfOrder,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import {
  answerOf,
  brokenOff,
  isObject,
  quoted,
  type Refusal,
  type Speaker,
} from "~/features/connectors/reading/answers";
import { tokenFor } from "~/features/connectors/providers/shopify/shop-token";
import { shopOf } from "~/features/connectors/providers/shopify/shop-settings";

/** Good until July 2027: each is for a year. */
const API_VERSION = "2026-07";

/** The query is larger than one may be: fewer records at once may do. */
export class TooCostly extends Trouble {
  override name = "TooCostly";
}

/** What comes behind a cursor cannot be told. */
export class WrongCursor extends Trouble {
  override name = "WrongCursor";
}

const speaker: Speaker = { name: "Shopify", troubleOf, wordsOf };

interface Cost {
  /** In points: what the query was thought to cost before it was answered, and what is left by now. */
  requested: number;
  available: number;
  restoredPerSecond: number;
}

export interface Answer {
  data: JsonObject;
  /** Null: it does not say. */
  cost: Cost | null;
  /** When it was given, by Shopify's clock; null: it does not say. */
  at: string | null;
}

type Variables = Readonly<Record<string, Json>>;

/** @throws Trouble for everything but the whole of what was asked for */
export async function ask(connection: Connection, query: string, variables: Variables = {}): Promise<Answer> {
  const token = await tokenFor(connection);
  const { text, headers } = await answerOf(
    connection,
    speaker,
    `${shopOf(connection.settings)}/admin/api/${API_VERSION}/graphql.json`,
    {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", accept: "application/json" },
        ...(token === null ? {} : { "x-shopify-access-token": token }),
      },
      body: JSON.stringify({ query, variables }),
    },
  );
  const body = parsed(text);
  if (!isObject(body)) throw brokenOff(speaker);
  const cost = costIn(body);
  if (body.errors !== undefined && body.errors !== null) throw graphTrouble(body.errors, cost);
  if (!isObject(body.data)) throw brokenOff(speaker);
  const at = Date.parse(headers.get("date") ?? "");
  return { data: body.data, cost, at: Number.isNaN(at) ? null : new Date(at).toISOString() };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function costIn({ extensions }: JsonObject): Cost | null {
  const cost = isObject(extensions) ? extensions.cost : null;
  const status = isObject(cost) ? cost.throttleStatus : null;
  if (!isObject(cost) || !isObject(status)) return null;
  const [requested, available, restored] = [cost.requestedQueryCost, status.currentlyAvailable, status.restoreRate];
  if (typeof requested !== "number" || typeof available !== "number" || typeof restored !== "number") return null;
  return { requested, available, restoredPerSecond: Math.max(restored, 1) };
}

/** Errors come with status 200 and each with a code; of several the first that is known decides. */
function graphTrouble(errors: Json, cost: Cost | null): Trouble {
  const all = (Array.isArray(errors) ? (errors as readonly Json[]) : [errors]).map(oneError);
  const told = all.find(({ code }) => byCode[code]) ?? { code: "", message: all[0]?.message ?? null };
  const said = quoted(told.message);
  const found = byCode[told.code]?.(said, cost);
  if (found) return found;
  if (/invalid cursor/i.test(said)) return new WrongCursor(`Shopify does not know the place${said}`);
  return new Trouble(`Shopify refused what it was asked for${said}`);
}

function oneError(error: Json): { code: string; message: string | null } {
  if (!isObject(error)) return { code: "", message: typeof error === "string" ? error : null };
  const code = isObject(error.extensions) ? error.extensions.code : null;
  return {
    code: typeof code === "string" ? code : "",
    message: typeof error.message === "string" ? error.message : null,
  };
}

const notNow = (said: string) => new OutOfOrder(`Shopify is out of order at the moment${said}`);

const byCode: Readonly<Record<string, (said: string, cost: Cost | null) => Trouble>> = {
  THROTTLED: (_said, cost) => throttled(cost === null ? null : waitFor(cost)),
  MAX_COST_EXCEEDED: (said) => new TooCostly(`Shopify says that this is too much at once${said}`),
  ACCESS_DENIED: (said) =>
    new Trouble(
      `Shopify does not allow this to be read${said} The app needs the scope read_orders; whoever runs the shop can give it.`,
    ),
  SHOP_INACTIVE: (said) => new Trouble(`The shop is closed${said}`),
  INTERNAL_SERVER_ERROR: notNow,
  TIMEOUT: notNow,
};

function throttled(waitMs: number | null): Throttled {
  return new Throttled("Shopify lets its data be read only so fast.", waitMs);
}

function waitFor({ requested, available, restoredPerSecond }: Cost): number {
  return Math.max(Math.ceil(((requested - available) / restoredPerSecond) * 1000), 1_000);
}

/** Asks again only when there are points enough for the same once more. */
export interface Pace {
  /** @throws Throttled when that takes long */
  before(): Promise<void>;
  after(answer: Answer): void;
}

/**
 * Pauses of seconds between pages are made here: a trial begins anew whenever it is told to come back later, and would never
 * get as far as it has to. A run is told when it takes longer.
 */
const LONGEST_PAUSE_MS = 10_000;

export function paceOf(connection: Connection): Pace {
  let last: { cost: Cost; at: number } | null = null;
  return {
    before: async () => {
      if (!last) return;
      const seconds = Math.max(Date.parse(connection.now()) - last.at, 0) / 1000;
      const available = last.cost.available + seconds * last.cost.restoredPerSecond;
      if (available >= last.cost.requested) return;
      const waitMs = waitFor({ ...last.cost, available });
      if (waitMs > LONGEST_PAUSE_MS) throw throttled(waitMs);
      await pause(waitMs, undefined, { signal: connection.signal });
    },
    after: ({ cost }) => {
      last = cost && { cost, at: Date.parse(connection.now()) };
    },
  };
}

/** Statuses are few, as errors of queries come with 200. */
function troubleOf(refusal: Refusal): Trouble | null {
  const { status, body } = refusal;
  const said = quoted(wordsOf(body));
  if (status === 429 || status === 430) return throttled(secondsIn(refusal));
  if (status === 402) return new Trouble("The shop is frozen: its bill at Shopify is not paid.");
  if (status === 423) return new Trouble("The shop is locked. Whoever runs it has to ask Shopify why.");
  if (status === 404) {
    return new Trouble(
      "There is no such shop at Shopify. Look at its address: it is the one that ends in .myshopify.com.",
    );
  }
  // Errors of queries, where they come with a status of their own.
  if (status === 400 && isObject(body) && Array.isArray(body.errors)) return graphTrouble(body.errors, costIn(body));
  return status === 400 ? new Trouble(`Shopify refused what it was asked for${said}`) : null;
}

/** Shopify writes seconds with a point: "2.0". */
function secondsIn({ headers }: Refusal): number | null {
  const seconds = Number(headers.get("retry-after") ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds * 1000, 1_000) : null;
}

function wordsOf(body: Json): string | null {
  if (!isObject(body)) return null;
  const { errors } = body;
  if (typeof errors === "string") return errors;
  return Array.isArray(errors) && errors.length > 0 ? oneError(errors[0] as Json).message : null;
}
