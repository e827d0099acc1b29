/** What people decided, by the numbers of the books at hand. */
import { type Books } from "~/features/reconciliation/columns/books";
import { KeyTable } from "~/features/reconciliation/columns/key-table";
import { type TextColumn } from "~/features/reconciliation/columns/text-column";
import { type Decision } from "~/features/reconciliation/compare/settings";

export interface DecidedPairs {
  /** One after another as they were decided: the later one holds. */
  pairs: { row: number; order: number; belong: boolean }[];
  /** Rows that were given an order by hand. */
  rows: ReadonlySet<number>;
  ordersAside: ReadonlySet<number>;
  rowsAside: ReadonlySet<number>;
  /** Decisions about what is not in these books: about other days, or about what the source no longer has. */
  unheeded: Decision[];
}

export function decidedPairs(books: Books, decisions: readonly Decision[]): DecidedPairs {
  const orderIds = decisions.flatMap((one) => ("orderId" in one ? [one.orderId] : []));
  const rowIds = decisions.flatMap((one) => ("rowId" in one ? [one.rowId] : []));
  const [orders, rows] = [placesOf(books.orders.ids, orderIds), placesOf(books.transactions.ids, rowIds)];
  const [ordersAside, rowsAside] = [new Set<number>(), new Set<number>()];
  const decided: DecidedPairs = { pairs: [], rows: new Set(), ordersAside, rowsAside, unheeded: [] };
  for (const decision of decisions) {
    const order = "orderId" in decision ? orders.get(decision.orderId) : -1;
    const row = "rowId" in decision ? rows.get(decision.rowId) : -1;
    if (order === undefined || row === undefined) decided.unheeded.push(decision);
    else if (decision.kind === "set-order-aside") ordersAside.add(order);
    else if (decision.kind === "set-row-aside") rowsAside.add(row);
    else decided.pairs.push({ row, order, belong: decision.kind === "match" });
  }
  decided.rows = new Set(decided.pairs.filter(({ belong }) => belong).map(({ row }) => row));
  return decided;
}

/** Where in the column each id stands; an id that is not there is left out. */
function placesOf(column: TextColumn, ids: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  if (ids.length === 0) return places;
  const wanted = new KeyTable();
  for (const id of ids) wanted.internText(id);
  for (let place = 0; place < column.length; place++) {
    const found = column.numberIn(wanted, place);
    if (found >= 0) places.set(wanted.text(found), place);
  }
  return places;
}
