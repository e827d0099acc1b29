/** Which order each row of the analytics belongs to. Values play no part in it. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type Calendar } from "~/features/reconciliation/columns/calendar";
import { type DecidedPairs } from "~/features/reconciliation/compare/decided-pairs";
import { AliasIndex } from "~/features/reconciliation/ids/alias-index";
import { aliasTypes, type AliasType } from "~/features/reconciliation/ids/alias-types";
import { schemeShares, type SchemeShare } from "~/features/reconciliation/ids/choose-scheme";
import { resolveId } from "~/features/reconciliation/ids/resolve-id";
import { DAY_MS } from "~/platform/time";

/** How a row found its order: nothing, a type of alias, or a person's word. Stored as the place in this list. */
export const keyTypes = ["none", ...aliasTypes, "decision"] as const;

/** How far an order may lie from a row that finds it by another type than the scheme. */
const FALL_BACK_DAYS = 7;

export const NO_ORDER = -1;
export const SEVERAL_ORDERS = -2;

export interface Pairs {
  aliases: AliasIndex;
  scheme: AliasType | null;
  shares: SchemeShare[];
  /** By row: the order, or one of the marks above. */
  order: Int32Array;
  keyType: Uint8Array;
  /** By order: 1 when a row may mean it or another one. */
  isContested: Uint8Array;
}

export function pairRows(
  books: Books,
  told: { scheme: AliasType | null; calendar: Calendar; decided: DecidedPairs },
): Pairs {
  const aliases = new AliasIndex(books);
  const shares = schemeShares(books, aliases);
  const scheme = told.scheme ?? shares[0]?.type ?? null;
  const rows = books.transactions.length;
  const pairs: Pairs = {
    aliases,
    scheme,
    shares,
    order: new Int32Array(rows).fill(NO_ORDER),
    keyType: new Uint8Array(rows),
    isContested: new Uint8Array(books.orders.length),
  };
  pairByKeys(books, told, pairs);
  pairAsDecided(pairs, told.decided);
  return pairs;
}

function pairByKeys(books: Books, { calendar, decided }: { calendar: Calendar; decided: DecidedPairs }, pairs: Pairs) {
  const { aliases, order, keyType } = pairs;
  const { key } = books.transactions.facts;
  const scheme = pairs.scheme === null ? -1 : aliasTypes.indexOf(pairs.scheme);
  for (let row = 0; row < books.transactions.length; row++) {
    if (key[row]! < 0) continue;
    const found = aliases.only(scheme, key[row]!);
    if (aliases.belongsToNoOther(key[row]!, found)) {
      order[row] = found;
      keyType[row] = found < 0 ? 0 : scheme + 1;
    } else if (!decided.rows.has(row)) pairUnusual(books, calendar, pairs, row);
  }
}

/** A row whose key several orders go by, or one by another type than the scheme. */
function pairUnusual(books: Books, calendar: Calendar, pairs: Pairs, row: number) {
  const scheme = pairs.scheme === null ? -1 : aliasTypes.indexOf(pairs.scheme);
  const agrees = (order: number) => agreesWith(books, calendar, row, order);
  const resolved = resolveId(pairs.aliases, books.transactions.facts.key[row]!, { scheme, agrees });
  if (resolved.meaning === "order") {
    pairs.order[row] = resolved.order;
    pairs.keyType[row] = resolved.type + 1;
  } else if (resolved.meaning === "several") {
    pairs.order[row] = SEVERAL_ORDERS;
    for (const order of resolved.orders) pairs.isContested[order] = 1;
  }
}

function agreesWith(books: Books, calendar: Calendar, row: number, order: number): boolean {
  const [orders, rows] = [books.orders.facts, books.transactions.facts];
  if (orders.currency[order] !== rows.currency[row]) return false;
  const [createdMs, atMs] = [orders.createdMs[order]!, rows.atMs[row]!];
  if (rows.isTimed[row]) return Math.abs(atMs - createdMs) <= FALL_BACK_DAYS * DAY_MS;
  return Math.abs(atMs / DAY_MS - calendar.dayAt(createdMs)) <= FALL_BACK_DAYS;
}

function pairAsDecided(pairs: Pairs, decided: DecidedPairs) {
  for (const { row, order, belong } of decided.pairs) {
    if (!belong && pairs.order[row] !== order) continue;
    pairs.order[row] = belong ? order : NO_ORDER;
    pairs.keyType[row] = belong ? keyTypes.indexOf("decision") : 0;
  }
}
