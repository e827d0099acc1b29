/** Both sides of a comparison out of the canonical zone, a batch at a time: beside the columns it takes no more memory. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { addOrder } from "~/features/reconciliation/columns/add-order";
import { addTransaction, type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { type Books, openBooks } from "~/features/reconciliation/columns/books";
import { Calendar, dateOfDay } from "~/features/reconciliation/columns/calendar";
import { readOrders, readTransactions } from "~/features/reconciliation/records/read-records.server";
import { advance, type OpenComparison } from "~/features/reconciliation/runs/open-comparison.server";
import { windowOf } from "~/features/reconciliation/runs/run-settings";
import { orderKey } from "~/features/reconciliation/set-up/kept-settings";
import { type Scope } from "~/platform/scope.server";
import { addDays } from "~/platform/time";

export interface ReadBooks {
  books: Books;
  /** What cannot be compared exactly: left out, and told. */
  unfit: { orders: number; rows: number };
}

/** So often it is said how far it is, and heard whether it is to stop. */
const ROWS_BETWEEN_WORDS = 20_000;

/** The rows first: what comes in meanwhile is an order without a row, which may still be late, and no row without an order. */
export async function readBooks(scope: Scope, run: OpenComparison, signal: AbortSignal): Promise<ReadBooks> {
  const read: ReadBooks = { books: openBooks(run.settings.kept.idRules), unfit: { orders: 0, rows: 0 } };
  const counts = { row_count: 0, order_count: 0 };
  let saidAt = 0;
  const goOn = async (phase: "transactions" | "orders") => {
    // On SQLite nothing of a batch ever waits: without this the worker's heartbeat would not get its turn.
    await nextTurn();
    signal.throwIfAborted();
    if (counts.row_count + counts.order_count - saidAt < ROWS_BETWEEN_WORDS) return;
    saidAt = counts.row_count + counts.order_count;
    await advance(scope, run, { phase, ...counts });
  };
  for await (const rows of rowBatches(scope, run)) {
    for (const row of rows) read.unfit.rows += added(() => addTransaction(read.books, row));
    counts.row_count += rows.length;
    await goOn("transactions");
  }
  const window = windowOf(run.settings.kept, run).orders;
  for (const { place, origin } of run.settings.sources) {
    for await (const orders of readOrders(scope, { origin, ...window })) {
      for (const order of orders) {
        read.unfit.orders += added(() => addOrder(read.books, { ...order, id: orderKey(place, order.id) }));
      }
      counts.order_count += orders.length;
      await goOn("orders");
    }
  }
  await advance(scope, run, { phase: "comparing", ...counts });
  return read;
}

/** Days are kept by another clock where only the instant is known: which are in the window is asked of the property's. */
async function* rowBatches(scope: Scope, run: OpenComparison): AsyncGenerator<Transaction[]> {
  const { kept, analyticsOrigin: origin } = run.settings;
  const { firstDay, lastDay } = windowOf(kept, run).rows;
  const calendar = new Calendar(kept.timeZone);
  const dayOf = ({ at }: Transaction) => (at.length > 10 ? dateOfDay(calendar.dayAt(Date.parse(at))) : at);
  const around = { firstDay: addDays(firstDay, -1), lastDay: addDays(lastDay, 1) };
  for await (const rows of readTransactions(scope, { origin, ...around })) {
    yield rows.filter((row) => {
      const day = dayOf(row);
      return day >= firstDay && day <= lastDay;
    });
  }
}

/** 1 for what the columns cannot hold: a currency nobody knows, more than 2^53. */
export function added(add: () => void): number {
  try {
    add();
    return 0;
  } catch (error) {
    if (error instanceof RangeError) return 1;
    throw error;
  }
}
