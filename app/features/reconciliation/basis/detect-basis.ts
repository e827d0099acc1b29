/** On which basis the values of real orders were tracked: the one on which most are equal to the last minor unit. */
import { basisAmount, valueBases, type ValueBasis } from "~/features/reconciliation/basis/value-basis";
import { type Books } from "~/features/reconciliation/columns/books";
import { type Pairs } from "~/features/reconciliation/compare/pair-rows";

export interface BasisShare {
  basis: ValueBasis;
  /** Orders whose tracked value is this amount. */
  equal: number;
  /** Of the orders looked at; null when there are none. */
  share: number | null;
}

const LOOKED_AT = 1_000;

/** The best first. */
export function basisShares(books: Books, pairs: Pairs): BasisShare[] {
  const found = foundOnce(books, pairs);
  return valueBases
    .map((basis) => {
      const equal = found.filter(
        ({ order, row }) => basisAmount(books.orders, order, basis) === books.transactions.facts.value[row],
      ).length;
      return { basis, equal, share: found.length === 0 ? null : equal / found.length };
    })
    .sort((one, other) => other.equal - one.equal);
}

interface Found {
  order: number;
  row: number;
}

/** The first thousand orders that were found once, in their own currency and as a sale. */
export function foundOnce({ orders, transactions }: Books, pairs: Pairs): Found[] {
  const rowOf = new Int32Array(orders.length).fill(-1);
  for (let row = 0; row < transactions.length; row++) {
    const order = pairs.order[row]!;
    if (order >= 0) rowOf[order] = rowOf[order] === -1 ? row : -2;
  }
  const found: number[] = [];
  for (let order = 0; order < orders.length; order++) {
    const row = rowOf[order]!;
    if (row < 0 || orders.facts.standing[order] !== 0) continue;
    if (orders.facts.currency[order] === transactions.facts.currency[row]) found.push(order);
  }
  const { createdMs } = orders.facts;
  found.sort((one, other) => createdMs[one]! - createdMs[other]! || orders.ids.compare(one, other));
  return found.slice(0, LOOKED_AT).map((order) => ({ order, row: rowOf[order]! }));
}
