/**
 * Reads orders by the time of their last change, each page from where the one before ended: pages by number alone would
 * skip orders while others are edited or taken away. Behind those that are there come those in the bin, as gone. What
 * is deleted for good is not told: once a month everything is read, which does.
 */
import {
  type Connection,
  CursorExpired,
  type Json,
  type JsonObject,
  OutOfOrder,
  type Page,
  type Reading,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { askedFor } from "~/features/connectors/providers/woocommerce/order-fields";
import { instantOf, toRecord } from "~/features/connectors/providers/woocommerce/order-records";
import { type OrderPage, orderPage, PAGE_SIZE } from "~/features/connectors/providers/woocommerce/shop-api";

/** What to ask for next. Times are ISO 8601 UTC. */
interface Place {
  list: "there" | "bin";
  /** Changed after that, not at it; null: whenever. */
  behind: string | null;
  page: number;
  startedAt: string;
  wholeAt: string;
}

interface Since {
  since: string;
  wholeAt: string;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** What was being written when a reading began comes again the next time. */
const OVERLAP_MS = 5 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The bin is emptied of what has lain in it for thirty days. */
const MONTH_MS = 30 * DAY_MS;

export async function* readOrders(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const { fields, how } = reading;
  const since = how.kind === "changes" ? sinceIn(how.since, connection.now()) : null;
  const watch = turningPages("The shop");
  let place = isObject(reading.after) ? (reading.after as unknown as Place) : null;
  for (;;) {
    const from = place ?? firstOf(since);
    const found = await orderPage(connection, queryOf(from, reading));
    checkAnswers(from.behind, found);
    const began = place ?? beginning(found.at ?? connection.now(), since);
    const records = found.entries.map((entry) => toRecord(entry, fields));
    const next = nextPlace({ ...began, ...from }, found, since);
    if (!next) return yield { records, after: null, changesFrom: { since: began.startedAt, wholeAt: began.wholeAt } };
    watch.page(records.map(({ id }) => id));
    watch.toNext(`${next.list} ${next.behind ?? ""} ${next.page}`);
    place = next;
    yield { records, after: { ...next } };
  }
}

function firstOf(since: Since | null): Pick<Place, "list" | "behind" | "page"> {
  return { list: "there", behind: since?.since ?? null, page: 1 };
}

function queryOf({ list, behind, page }: Pick<Place, "list" | "behind" | "page">, { fields, how }: Reading) {
  const start = how.kind === "whole" ? how.start : null;
  return {
    status: list === "bin" ? "trash" : "any",
    ...{ orderby: "modified", order: "asc", dates_are_gmt: "true" },
    ...{ per_page: String(PAGE_SIZE), page: String(page), _fields: askedFor(fields) },
    ...(behind === null ? {} : { modified_after: plainTime(behind) }),
    ...(start === null ? {} : { after: plainTime(dayBefore(start)) }),
  };
}

/** A page of an earlier question would end the reading early, and what it did not bring would be taken for gone. */
function checkAnswers(behind: string | null, { entries }: OrderPage): void {
  const isEarlier = ({ date_modified_gmt: at }: JsonObject) => (instantOf(at) ?? "9999") < (behind ?? "");
  if (!entries.some(isEarlier)) return;
  throw new OutOfOrder(
    "The shop answered another question than it was asked, as a cache does that should leave orders alone. It is tried again by itself.",
  );
}

/** With a zone behind it WordPress would turn it into the shop's own time, and hold that against times in GMT. */
function plainTime(instant: string): string {
  return instant.slice(0, 19);
}

/** The day begins somewhere on earth while it is the day before in Greenwich. */
function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString();
}

/** Null: everything was read. Only changes need the bin: a whole reading tells by what is missing. */
function nextPlace(at: Place, { entries, hasMore }: OrderPage, since: Since | null): Place | null {
  if (!hasMore) return since && at.list === "there" ? { ...at, list: "bin", behind: since.since, page: 1 } : null;
  const last = instantOf(entries.at(-1)?.date_modified_gmt);
  // As others may have been changed in that second, too, all of it comes once more.
  const behind = last === null ? null : new Date(Date.parse(last) - SECOND_MS).toISOString();
  const isFurther = behind !== null && (at.behind === null || behind > at.behind);
  return isFurther ? { ...at, behind, page: 1 } : { ...at, page: at.page + 1 };
}

function beginning(at: string, since: Since | null): { startedAt: string; wholeAt: string } {
  const startedAt = new Date(Date.parse(at) - OVERLAP_MS).toISOString();
  return { startedAt, wholeAt: since?.wholeAt ?? startedAt };
}

function sinceIn(since: Json, now: string): Since {
  if (!isObject(since) || typeof since.since !== "string" || typeof since.wholeAt !== "string") {
    throw new CursorExpired("Where reading the shop’s changes began is not known any more.");
  }
  if (Date.parse(now) - Date.parse(since.wholeAt) > MONTH_MS) {
    throw new CursorExpired("A shop does not tell what was deleted for good, so everything is read once a month.");
  }
  return { since: since.since, wholeAt: since.wholeAt };
}
