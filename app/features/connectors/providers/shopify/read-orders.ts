/**
 * Reads orders: all by their id, or what has changed since by the time of its change. A cursor of Shopify's says the
 * value and the id that it stands behind, so that thousands that changed in one instant come each once.
 *
 * Where very many are left after the first thousand or so, Shopify is asked to put them all into one file (`bulk.ts`).
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
import { type TurningPages, turningPages } from "~/features/connectors/reading/turning-pages";
import { beginBulk, readBulk } from "~/features/connectors/providers/shopify/bulk";
import {
  asJson,
  isInBulk,
  lastPage,
  type OrderReading,
  type Place,
  usualLimits,
} from "~/features/connectors/providers/shopify/order-reading";
import { selectionOf } from "~/features/connectors/providers/shopify/order-fields";
import { toRecord } from "~/features/connectors/providers/shopify/order-records";
import { behindOrder, inSeconds, searchFor } from "~/features/connectors/providers/shopify/order-search";
import { filterAt, placeBehind } from "~/features/connectors/providers/shopify/place-behind";
import { hasSoMany } from "~/features/connectors/providers/shopify/shop-facts";
import { type Answer, ask, paceOf, TooCostly, WrongCursor } from "~/features/connectors/providers/shopify/shopify-api";

const MINUTE_MS = 60_000;
/** What was being written when a reading began comes again the next time, as does what the search did not know yet. */
const OVERLAP_MS = 10 * MINUTE_MS;
const USUAL_SIZE = 50;
const LEAST_SIZE = 5;

export async function* readOrders(
  connection: Connection,
  reading: Reading,
  limits = usualLimits,
): AsyncGenerator<Page> {
  const search = searchFor(reading.how, connection.now());
  const doing: OrderReading = { connection, reading, search, pace: paceOf(connection), limits };
  const watch = turningPages("Shopify");
  let place = isObject(reading.after) ? (reading.after as unknown as Place) : null;
  do {
    if (isInBulk(place)) place = yield* readBulk(doing, place);
    else if (place?.wantsFile) place = yield* askForFile(doing, place);
    else place = yield* nextPage(doing, place, watch);
  } while (place !== null);
}

/** Where it goes on; null: nothing is left. */
type Step = AsyncGenerator<Page, Place | null>;

async function* askForFile(doing: OrderReading, { wantsFile: _, ...from }: Place): Step {
  const bulk = await beginBulk(doing, behindOrder(doing.search, from.last ?? ""));
  const place = { ...from, bulk };
  yield { records: [], after: asJson(place) };
  return place;
}

async function* nextPage(doing: OrderReading, from: Place | null, watch: TurningPages): Step {
  const found = await pageAt(doing, from);
  const { records, next } = found;
  const startedAt = from?.startedAt ?? earlier(found.at ?? doing.connection.now());
  if (next === null) {
    yield await lastPage(doing, records, startedAt);
    return null;
  }
  watch.page(records.map(({ id }) => id));
  watch.toNext(`${from?.from ?? ""} ${next}`);
  const place = placeBehind(doing, from, { ...found, startedAt, next });
  const wantsFile = await isWorthAFile(doing, place);
  const kept = wantsFile ? { ...place, wantsFile } : place;
  yield { records, after: asJson(kept) };
  return kept;
}

async function isWorthAFile({ connection, reading, search, limits }: OrderReading, place: Place): Promise<boolean> {
  const { read, last, noFile } = place;
  const { readBeforeFile: before, worthAFile } = limits;
  if (reading.how.kind !== "whole" || noFile || last === null || read < before) return false;
  // Asked once in a while: the answer hardly changes from page to page.
  if (Math.floor(read / before) === Math.floor((read - place.size) / before)) return false;
  return hasSoMany(connection, { filter: behindOrder(search, last), count: worthAFile });
}

function earlier(instant: string): string {
  return inSeconds(new Date(Date.parse(instant) - OVERLAP_MS).toISOString());
}

interface FoundPage {
  records: Page["records"];
  /** Null: there are no more. */
  next: string | null;
  size: number;
  at: string | null;
}

/** With fewer at once where it is too much: a cursor stands for a place, whatever the size of pages. */
async function pageAt(doing: OrderReading, place: Place | null, size = place?.size ?? USUAL_SIZE): Promise<FoundPage> {
  try {
    return { ...(await orders(doing, place, size)), size };
  } catch (error) {
    if (error instanceof WrongCursor) {
      throw new CursorExpired("Shopify has forgotten where the reading stood, so everything is read once more.");
    }
    if (!(error instanceof TooCostly) || size <= LEAST_SIZE) throw error;
    return pageAt(doing, place, Math.max(Math.floor(size / 2), LEAST_SIZE));
  }
}

function queryOf(fields: readonly string[]): string {
  return `query Orders($first: Int!, $after: String, $filter: String, $sortKey: OrderSortKeys!) {
  orders(first: $first, after: $after, query: $filter, sortKey: $sortKey) {
    nodes { ${selectionOf(fields)} }
    pageInfo { hasNextPage endCursor }
  }
}`;
}

async function orders(doing: OrderReading, place: Place | null, first: number): Promise<Omit<FoundPage, "size">> {
  const { connection, reading, search, pace } = doing;
  await pace.before();
  const filter = filterAt(doing, place);
  const variables = { first, after: place?.cursor ?? null, filter, sortKey: search.sortKey };
  const answer = await ask(connection, queryOf(reading.fields), variables);
  pace.after(answer);
  const { nodes, next } = listIn(answer);
  return { records: nodes.map((node) => toRecord(node, reading.fields)), next, at: answer.at };
}

/** An answer without its list is no empty list. */
function listIn({ data }: Answer): { nodes: readonly JsonObject[]; next: string | null } {
  const found = isObject(data.orders) ? data.orders : {};
  const info = found.pageInfo;
  if (!Array.isArray(found.nodes) || !isObject(info)) {
    throw new OutOfOrder("Shopify answered without its list. It is tried again by itself.");
  }
  const { hasNextPage, endCursor } = info;
  if (hasNextPage === true && typeof endCursor !== "string") {
    throw new OutOfOrder("Shopify says that there is more, and not where. It is tried again by itself.");
  }
  return {
    nodes: (found.nodes as readonly Json[]).filter(isObject),
    next: hasNextPage === true ? (endCursor as string) : null,
  };
}
