/** One order or one row of a result, in words. */
import { dateOfDay } from "~/features/reconciliation/columns/calendar";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import {
  agreements,
  causes,
  exclusions,
  orderBuckets,
  orderFlags,
  rowBuckets,
  rowFlags,
} from "~/features/reconciliation/compare/outcomes";
import { keyTypes } from "~/features/reconciliation/compare/pair-rows";
import { MINUTE_MS } from "~/platform/time";

export function orderFinding({ books, pairs, eligibility, hits, orders, rows }: Comparison, order: number) {
  const row = hits.primary[order]!;
  return {
    id: books.orders.ids.text(order),
    day: dateOfDay(eligibility.day[order]!),
    currency: books.currencies.text(books.orders.facts.currency[order]!),
    amountMinor: BigInt(eligibility.amount[order]!),
    bucket: orderBuckets[orders.bucket[order]!]!,
    exclusion: exclusions[eligibility.exclusion[order]!]!,
    agreement: agreements[orders.agreement[order]!]!,
    cause: causes[orders.cause[order]!]!,
    rowId: row < 0 ? null : books.transactions.ids.text(row),
    keyType: row < 0 ? "none" : keyTypes[pairs.keyType[row]!]!,
    duplicates: Math.max(0, hits.count[order]! - 1),
    lateMinutes: lateMinutes({ books, hits }, order),
    flags: {
      ...namesOf(orderFlags, orders.flags[order]!),
      dayShift: row >= 0 && rows.day[row] !== eligibility.day[order],
    },
  };
}

export function rowFinding({ books, pairs, rows }: Comparison, row: number) {
  const order = pairs.order[row]!;
  const { currency, value } = books.transactions.facts;
  return {
    id: books.transactions.ids.text(row),
    day: dateOfDay(rows.day[row]!),
    currency: books.currencies.text(currency[row]!),
    valueMinor: BigInt(value[row]!),
    bucket: rowBuckets[rows.bucket[row]!]!,
    orderId: order < 0 ? null : books.orders.ids.text(order),
    keyType: keyTypes[pairs.keyType[row]!]!,
    flags: namesOf(rowFlags, rows.flags[row]!),
  };
}

/** How long after the order its hit came, in whole minutes; negative when it came first, null when no time is known. */
function lateMinutes({ books, hits }: Pick<Comparison, "books" | "hits">, order: number): number | null {
  const row = hits.primary[order]!;
  const { atMs, isTimed } = books.transactions.facts;
  if (row < 0 || !isTimed[row]) return null;
  return Math.trunc((atMs[row]! - books.orders.facts.createdMs[order]!) / MINUTE_MS);
}

function namesOf<Name extends string>(bits: Readonly<Record<Name, number>>, flags: number): Record<Name, boolean> {
  const held = Object.entries<number>(bits).map(([name, bit]) => [name, (flags & bit) !== 0]);
  return Object.fromEntries(held) as Record<Name, boolean>;
}
