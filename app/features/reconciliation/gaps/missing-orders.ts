/** The orders that take part and of which it is known by now: what a gap is measured on. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { codesOf, orderBuckets } from "~/features/reconciliation/compare/outcomes";

const code = codesOf(orderBuckets);
const found = new Set([code.matched, code["value-mismatch"], code["currency-mismatch"]]);

export interface SettledOrders {
  /** The earliest first; of equals, by the source's own id. */
  inTime: number[];
  isMissing: (order: number) => boolean;
}

export function settledOrders({ books, orders }: Comparison): SettledOrders {
  const isMissing = (order: number) => orders.bucket[order] === code.missing;
  const { createdMs } = books.orders.facts;
  const inTime = Array.from({ length: books.orders.length }, (_, order) => order)
    .filter((order) => isMissing(order) || found.has(orders.bucket[order]!))
    .sort((one, other) => createdMs[one]! - createdMs[other]! || books.orders.ids.compare(one, other));
  return { inTime, isMissing };
}
