/** A reading of orders: what it is about, how far it has come, and how it ends. */
import { type Connection, type Json, type Page, type Reading } from "~/features/connectors/connector";
import { type Search, type Since } from "~/features/connectors/providers/shopify/order-search";
import { isShownEverything } from "~/features/connectors/providers/shopify/shop-facts";
import { type Pace } from "~/features/connectors/providers/shopify/shopify-api";

export interface OrderReading {
  connection: Connection;
  reading: Reading;
  search: Search;
  pace: Pace;
  limits: Limits;
}

/** Numbers of orders. */
export interface Limits {
  /** So many come by pages first: trials are through by then, and small shops, and nobody has to wait for a file. */
  readBeforeFile: number;
  /** Where so many are left, a file of them is asked for. */
  worthAFile: number;
  /** By one search: behind these another is begun. */
  mostBySearch: number;
}

/** Shopify turns no more pages behind 25,000 of one search: shopify.dev/docs/api/usage/limits */
export const usualLimits: Limits = { readBeforeFile: 1_250, worthAFile: 1_000, mostBySearch: 20_000 };

/** Behind a page. */
export interface Place {
  /** By Shopify's clock, some minutes before this reading began. */
  startedAt: string;
  read: number;
  /** Null: the first page is still to come. */
  cursor: string | null;
  /** The last order's id; null: none was read. */
  last: string | null;
  /** How many were read by the search that the cursor is of. */
  inSearch: number;
  /** What that search begins with: behind this order, or with what changed at this instant. Absent: it is the first. */
  from?: string;
  /** How many at once. */
  size: number;
  /** The file was tried, and came to nothing. */
  noFile?: boolean;
  /** What comes behind is to be put into a file. */
  wantsFile?: boolean;
  /** What comes behind is put into a file, or read from it. */
  bulk?: BulkPlace;
}

export interface BulkPlace {
  /** Of the operation. */
  id: string;
  /** How often we have asked whether it is done. */
  asked: number;
  /** Bytes and orders of the file that were read. */
  at: number;
  orders: number;
}

export type InBulk = Place & { bulk: BulkPlace };

export function isInBulk(place: Place | null): place is InBulk {
  return place?.bulk !== undefined;
}

export function asJson(place: Place): Json {
  return place as unknown as Json;
}

/** What a whole reading brings is all there is only where nothing is kept from us. */
export async function lastPage(doing: OrderReading, records: Page["records"], startedAt: string): Promise<Page> {
  const { connection, reading, search } = doing;
  const { start, wholeAt } = search;
  const changesFrom: Since = { since: startedAt, start, wholeAt };
  const page = { records, after: null, changesFrom: { ...changesFrom } };
  if (reading.how.kind !== "whole" || start !== null || !(await isShownEverything(connection))) return page;
  return { ...page, changesFrom: { ...changesFrom, wholeAt: startedAt }, isAll: true };
}
