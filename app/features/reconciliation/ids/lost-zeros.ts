/** Rows whose id is an order's but for the zeros before it: what a spreadsheet takes away. Told, never matched. */
import { type Books } from "~/features/reconciliation/columns/books";
import { NO_ORDER, type Pairs } from "~/features/reconciliation/compare/pair-rows";

const withZeros = /^0+(?=\d+$)/;

/** By the numbers of the books; one order each, the first that fits. */
export function lostZeros(books: Books, pairs: Pairs): { row: number; order: number }[] {
  const orders = ordersByShortKey(books);
  const { key } = books.transactions.facts;
  const found: { row: number; order: number }[] = [];
  if (orders.size === 0) return found;
  for (let row = 0; row < books.transactions.length; row++) {
    if (key[row]! < 0 || pairs.order[row] !== NO_ORDER) continue;
    const order = orders.get(books.keys.text(key[row]!));
    if (order !== undefined) found.push({ row, order });
  }
  return found;
}

/** Orders whose keys are numbers with zeros before, by what is left without them. */
function ordersByShortKey({ orders, keys }: Books): Map<string, number> {
  const shortened = new Map<string, number>();
  for (let order = 0; order < orders.length; order++) {
    for (let at = orders.aliasStart(order); at < orders.facts.aliasEnd[order]!; at++) {
      const key = keys.text(orders.aliases.key[at]!);
      const short = key.replace(withZeros, "");
      if (short !== key && !shortened.has(short)) shortened.set(short, order);
    }
  }
  return shortened;
}
