/** The orders that take part and of which it is known by now: what a gap is measured on. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { codesOf, orderBuckets } from "~/features/reconciliation/compare/outcomes";

const code = codesOf(orderBuckets);
const found = new Set([code.matched, code["value-mismatch"], code["currency-mismatch"]]);

export interface SettledOrders {
  /** The earliest first; of equals, by the source's own id. */
  inTime: Int32Array;
  isMissing: (order: number) => boolean;
  /** By order: 1 when something explains why it may be missing, whether it is or not. */
  isExplained: Uint8Array;
}

export function settledOrders({ books, orders }: Comparison): SettledOrders {
  const isMissing = (order: number) => orders.bucket[order] === code.missing;
  const { createdMs } = books.orders.facts;
  const settled = new Int32Array(books.orders.length);
  let count = 0;
  for (let order = 0; order < settled.length; order++) {
    if (isMissing(order) || found.has(orders.bucket[order]!)) settled[count++] = order;
  }
  const inTime = settled
    .subarray(0, count)
    .sort((one, other) => createdMs[one]! - createdMs[other]! || books.orders.ids.compare(one, other));
  return { inTime, isMissing, isExplained: new Uint8Array(books.orders.length) };
}
