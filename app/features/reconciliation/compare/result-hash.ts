/** A result in 32 hexadecimal digits: the same whenever it says the same, in whatever order and batches its input came. */
import { mixed, type TextColumn } from "~/features/reconciliation/columns/text-column";
import { type Comparison } from "~/features/reconciliation/compare/compare";

const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/** Each finding is hashed for itself and the hashes are added up, which no order of theirs changes. */
export function resultHash(comparison: Comparison): string {
  return seeds
    .map((seed) => (orderHashes(comparison, seed) + rowHashes(comparison, seed)) | 0)
    .map((sum) => (sum >>> 0).toString(16).padStart(8, "0"))
    .join("");
}

function orderHashes({ books, eligibility, hits, orders }: Comparison, seed: number): number {
  const codes = [orders.bucket, eligibility.exclusion, orders.agreement, orders.cause, orders.flags, hits.count];
  const numbers = [...codes, eligibility.day, eligibility.amount];
  let sum = 0;
  for (let order = 0; order < books.orders.length; order++) {
    const start = books.orders.ids.hash(order, seed) ^ idHash(books.transactions.ids, hits.primary[order]!, ~seed);
    sum = (sum + hashed(numbers, order, start)) | 0;
  }
  return sum;
}

function rowHashes({ books, pairs, rows }: Comparison, seed: number): number {
  const numbers = [rows.bucket, rows.flags, pairs.keyType, rows.day, books.transactions.facts.value];
  let sum = 0;
  for (let row = 0; row < books.transactions.length; row++) {
    const start = books.transactions.ids.hash(row, seed + 1) ^ idHash(books.orders.ids, pairs.order[row]!, ~seed - 1);
    sum = (sum + hashed(numbers, row, start)) | 0;
  }
  return sum;
}

/** What no id has where there is none. */
function idHash(ids: TextColumn, number: number, seed: number): number {
  return number < 0 ? number : ids.hash(number, seed);
}

type Numbers = Uint8Array | Uint32Array | Int32Array | Float64Array;

function hashed(columns: readonly Numbers[], place: number, start: number): number {
  let hash = start;
  for (const column of columns) {
    const number = column[place]!;
    hash = mixed(hash + Math.imul(number | 0, 0x9e3779b1) + Math.floor(number / 2 ** 32) + 1);
  }
  return hash;
}
