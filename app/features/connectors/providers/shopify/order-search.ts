/** Which orders are wanted, in Shopify's search syntax, and in which order they come. */
import { CursorExpired, type Json, type Reading } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";

/** Where the next reading of changes begins. */
export interface Since {
  /** ISO 8601 UTC. */
  since: string;
  /** The day from which on orders are wanted at all. */
  start: string | null;
  /** When what was deleted was last told, by a reading of everything. Null: none would tell. */
  wholeAt: string | null;
}

export interface Search extends Pick<Since, "start" | "wholeAt"> {
  /** Null: all. */
  filter: string | null;
  sortKey: "ID" | "UPDATED_AT";
  /** Of changes: since when. Null: all are read. */
  since: string | null;
}

const HOUR_MS = 60 * 60 * 1000;
/** Where a day begins first: nobody's clock is further on. */
const FIRST_ZONE_MS = 14 * HOUR_MS;
const MONTH_MS = 30 * 24 * HOUR_MS;

/** @throws CursorExpired */
export function searchFor(how: Reading["how"], now: string): Search {
  if (how.kind === "whole") {
    return { filter: joined(placedFrom(how.start)), sortKey: "ID", since: null, start: how.start, wholeAt: null };
  }
  const since = sinceIn(how.since);
  if (since.wholeAt !== null && Date.parse(now) - Date.parse(since.wholeAt) > MONTH_MS) {
    throw new CursorExpired("Shopify does not tell what was deleted, so everything is read once a month.");
  }
  const search = { filter: null, sortKey: "UPDATED_AT", ...since } as const;
  return { ...search, filter: changedFrom(search, since.since) };
}

/** Behind an order, in order of their ids. */
export function behindOrder({ filter }: Search, gid: string): string {
  return joined(filter, `id:>${gid.slice(gid.lastIndexOf("/") + 1)}`) ?? "";
}

/** Changed at that instant or later. */
export function changedFrom({ start }: Search, instant: string): string | null {
  return joined(placedFrom(start), `updated_at:>='${instant}'`);
}

function joined(...terms: (string | null)[]): string | null {
  const some = terms.filter((term) => term !== null);
  return some.length > 0 ? some.join(" AND ") : null;
}

/** Some hours more than the day has in the shop's own zone. */
function placedFrom(start: string | null): string | null {
  if (start === null) return null;
  const from = new Date(Date.parse(`${start}T00:00:00Z`) - FIRST_ZONE_MS).toISOString();
  return `processed_at:>='${inSeconds(from)}'`;
}

export function inSeconds(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}

function sinceIn(since: Json): Since {
  if (!isObject(since) || typeof since.since !== "string") {
    throw new CursorExpired("Where reading Shopify’s changes began is not known any more.");
  }
  const textOf = (value: Json | undefined) => (typeof value === "string" ? value : null);
  return { since: since.since, start: textOf(since.start), wholeAt: textOf(since.wholeAt) };
}
