/** The orders of a comparison by one of their traits: each breakdown adds up to the whole, in number and in money. */
import { dateOfDay } from "~/features/reconciliation/columns/calendar";
import { ExactSums } from "~/features/reconciliation/columns/exact-sum";
import { type KeyTable } from "~/features/reconciliation/columns/key-table";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { causes, orderBuckets, type OrderBucket, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { keyTypes } from "~/features/reconciliation/compare/pair-rows";

export const dimensions = ["day", "payment-method", "channel", "currency", "cause", "key-type"] as const;
export type Dimension = (typeof dimensions)[number];

export interface BreakdownLine {
  /** A plain date, a method, a channel, a currency, a cause or a type of key. */
  value: string;
  currency: string;
  /** Amounts on the basis compared, in minor units. */
  orders: Record<OrderBucket, { count: number; amount: bigint }>;
  /** What was tracked for these orders' counted hits; only where the currency is the same. */
  tracked: bigint;
  /** Rows without an order, on the day they were tracked; by other traits there are none. */
  unexpected: { count: number; value: bigint };
}

/** How orders and rows are numbered by a trait. */
interface Trait {
  size: number;
  ofOrder: (order: number) => number;
  /** Null where unexpected rows have no such trait. */
  ofRow: ((row: number) => number) | null;
  word: (number: number) => string;
}

/** Sums of each line: those of each bucket, then what was tracked, then unexpected rows. */
const places = orderBuckets.length + 2;
const unexpected = rowBuckets.indexOf("unexpected");

/** By value, then by currency; lines on which nothing stands are left out. */
export function breakdown(comparison: Comparison, dimension: Dimension): BreakdownLine[] {
  const { currencies } = comparison.books;
  const trait = traits[dimension](comparison);
  const counts = new Uint32Array(trait.size * currencies.size * places);
  const sums = new ExactSums(counts.length);
  addOrders(comparison, trait, { counts, sums });
  if (trait.ofRow) addRows(comparison, trait.ofRow, { counts, sums });
  const lines: BreakdownLine[] = [];
  for (let line = 0; line < trait.size * currencies.size; line++) {
    if (!counts.subarray(line * places, (line + 1) * places).some((count) => count > 0)) continue;
    const value = trait.word(Math.floor(line / currencies.size));
    lines.push({ value, currency: currencies.text(line % currencies.size), ...lineOf({ counts, sums }, line) });
  }
  return lines.sort((one, other) => compareTexts(one.value, other.value) || compareTexts(one.currency, other.currency));
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

interface Sums {
  counts: Uint32Array;
  sums: ExactSums;
}

function addOrders({ books, eligibility, hits, orders }: Comparison, trait: Trait, { counts, sums }: Sums) {
  const { currency } = books.orders.facts;
  const tracked = books.transactions.facts;
  for (let order = 0; order < books.orders.length; order++) {
    const line = (trait.ofOrder(order) * books.currencies.size + currency[order]!) * places;
    counts[line + orders.bucket[order]!]! += 1;
    sums.add(line + orders.bucket[order]!, eligibility.amount[order]!);
    const row = hits.primary[order]!;
    if (row >= 0 && orders.bucket[order] !== 0 && tracked.currency[row] === currency[order]) {
      sums.add(line + places - 2, tracked.value[row]!);
    }
  }
}

function addRows({ books, rows }: Comparison, ofRow: (row: number) => number, { counts, sums }: Sums) {
  const { currency, value } = books.transactions.facts;
  for (let row = 0; row < books.transactions.length; row++) {
    if (rows.bucket[row] !== unexpected) continue;
    const place = (ofRow(row) * books.currencies.size + currency[row]! + 1) * places - 1;
    counts[place]! += 1;
    sums.add(place, value[row]!);
  }
}

function lineOf({ counts, sums }: Sums, line: number) {
  const start = line * places;
  const orders = orderBuckets.map((bucket, at) => [
    bucket,
    { count: counts[start + at]!, amount: sums.total(start + at) },
  ]);
  return {
    orders: Object.fromEntries(orders) as BreakdownLine["orders"],
    tracked: sums.total(start + places - 2),
    unexpected: { count: counts[start + places - 1]!, value: sums.total(start + places - 1) },
  };
}

const traits: Record<Dimension, (comparison: Comparison) => Trait> = {
  day: byDay,
  "payment-method": ({ books }) => byWord(books.methods, books.orders.facts.method),
  channel: ({ books }) => byWord(books.channels, books.orders.facts.channel),
  currency: ({ books }) => ({
    ...byWord(books.currencies, books.orders.facts.currency),
    ofRow: (row) => books.transactions.facts.currency[row]!,
  }),
  cause: ({ orders }) => byList(causes, (order) => orders.cause[order]!),
  "key-type": ({ pairs, hits }) =>
    byList(keyTypes, (order) => (hits.primary[order]! < 0 ? 0 : pairs.keyType[hits.primary[order]!]!)),
};

function byWord(table: KeyTable, column: Int32Array | Uint16Array): Trait {
  return { size: table.size, ofOrder: (order) => column[order]!, ofRow: null, word: (number) => table.text(number) };
}

function byList(words: readonly string[], ofOrder: (order: number) => number): Trait {
  return { size: words.length, ofOrder, ofRow: null, word: (number) => words[number]! };
}

/** Days far from each other are numbered as they come, so that one stray date does not cost a line for each day between. */
function byDay({ eligibility, rows }: Comparison): Trait {
  const numbers = new Map<number, number>();
  for (const column of [eligibility.day, rows.day]) {
    for (const day of column) if (!numbers.has(day)) numbers.set(day, numbers.size);
  }
  const days = [...numbers.keys()];
  return {
    size: days.length,
    ofOrder: (order) => numbers.get(eligibility.day[order]!)!,
    ofRow: (row) => numbers.get(rows.day[row]!)!,
    word: (number) => dateOfDay(days[number]!),
  };
}
