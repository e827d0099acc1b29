/** Which of an order's hits is counted: the earliest, then the closest in value, then the smallest id. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type Eligibility } from "~/features/reconciliation/compare/eligibility";
import { type Pairs, keyTypes } from "~/features/reconciliation/compare/pair-rows";

export interface Hits {
  /** By order: the counted row, -1 when there is none. */
  primary: Int32Array;
  /** By order: how many rows are its own. */
  count: Uint32Array;
}

const byHand = keyTypes.indexOf("decision");

export function countHits(books: Books, pairs: Pairs, { amount }: Eligibility): Hits {
  const hits: Hits = {
    primary: new Int32Array(books.orders.length).fill(-1),
    count: new Uint32Array(books.orders.length),
  };
  for (let row = 0; row < books.transactions.length; row++) {
    const order = pairs.order[row]!;
    if (order < 0) continue;
    hits.count[order]! += 1;
    const best = hits.primary[order]!;
    if (best < 0 || goesBefore(books, pairs, { row, best, order, amount: amount[order]! })) hits.primary[order] = row;
  }
  return hits;
}

interface Rivals {
  row: number;
  best: number;
  order: number;
  amount: number;
}

/** A row that a person gave to the order goes before all others. */
function goesBefore(books: Books, { keyType }: Pairs, rivals: Rivals): boolean {
  const { row, best } = rivals;
  const [isDecided, wasDecided] = [keyType[row] === byHand, keyType[best] === byHand];
  if (isDecided !== wasDecided) return isDecided;
  const { facts, ids } = books.transactions;
  const later = facts.atMs[row]! - facts.atMs[best]!;
  if (later !== 0) return later < 0;
  const farther = distance(books, rivals, row) - distance(books, rivals, best);
  return farther === 0 || Number.isNaN(farther) ? ids.compare(row, best) < 0 : farther < 0;
}

/** Amounts of two currencies are infinitely far from each other. */
function distance({ orders, transactions }: Books, { order, amount }: Rivals, row: number): number {
  if (orders.facts.currency[order] !== transactions.facts.currency[row]) return Number.POSITIVE_INFINITY;
  return Math.abs(transactions.facts.value[row]! - amount);
}
