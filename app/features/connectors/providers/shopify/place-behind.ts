/** Where a reading goes on behind a page: behind its cursor, or by a search begun anew. */
import { CursorExpired, type Page } from "~/features/connectors/connector";
import { type OrderReading, type Place } from "~/features/connectors/providers/shopify/order-reading";
import { behindOrder, changedFrom } from "~/features/connectors/providers/shopify/order-search";

interface Behind {
  startedAt: string;
  records: Page["records"];
  next: string;
  size: number;
}

/** @throws CursorExpired */
export function placeBehind(doing: OrderReading, from: Place | null, behind: Behind): Place {
  const { startedAt, records, next, size } = behind;
  const before = from ?? { read: 0, inSearch: 0, last: null };
  const place: Place = {
    ...before,
    ...{ startedAt, size, cursor: next },
    ...{ read: before.read + records.length, inSearch: before.inSearch + records.length },
    last: records.at(-1)?.id ?? before.last,
  };
  return place.inSearch < doing.limits.mostBySearch ? place : begunAnew(doing, place, records);
}

function begunAnew({ reading, search }: OrderReading, place: Place, records: Page["records"]): Place {
  const anew = { ...place, cursor: null, inSearch: 0 };
  if (reading.how.kind === "whole") return place.last === null ? place : { ...anew, from: place.last };
  const changedAt = changedAtOf(records.at(-1));
  // All in one instant: a search by that would bring the same again.
  if (changedAt === null || changedAt === (place.from ?? search.since)) {
    throw new CursorExpired("More changed at once at Shopify than one search brings, so everything is read once more.");
  }
  return { ...anew, from: changedAt };
}

function changedAtOf(record: Page["records"][number] | undefined): string | null {
  return record && "changedAt" in record ? record.changedAt : null;
}

/** In Shopify's search syntax; null: all. */
export function filterAt({ reading, search }: OrderReading, place: Place | null): string | null {
  if (place?.from === undefined) return search.filter;
  return reading.how.kind === "whole" ? behindOrder(search, place.from) : changedFrom(search, place.from);
}
