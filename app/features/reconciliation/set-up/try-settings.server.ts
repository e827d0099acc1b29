/** Tries on stored rows what a reconciliation may go by: the latest ones, so that a page costs the same however many there are. */
import { addOrder } from "~/features/reconciliation/columns/add-order";
import { addTransaction } from "~/features/reconciliation/columns/add-transaction";
import { type Books, openBooks } from "~/features/reconciliation/columns/books";
import { Calendar } from "~/features/reconciliation/columns/calendar";
import { decidedPairs } from "~/features/reconciliation/compare/decided-pairs";
import { pairRows, type Pairs } from "~/features/reconciliation/compare/pair-rows";
import { added } from "~/features/reconciliation/runs/read-books.server";
import { latestOrders, latestTransactions } from "~/features/reconciliation/records/latest-records.server";
import { type Reconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { orderKey } from "~/features/reconciliation/set-up/kept-settings";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, startOfDay } from "~/platform/time";

export interface Tried {
  books: Books;
  pairs: Pairs;
  /** Of which days what was looked at is. */
  firstDay: string;
  lastDay: string;
}

const ROWS = 3_000;
const ORDERS = 3_000;
/** A hit comes after its order: of the first days' rows the orders lie before. */
const DAYS_BEFORE = 3;

/** Null: there are no rows, or no orders of their days. Two statements. */
export async function trySettings(scope: Scope, reconciliation: Reconciliation): Promise<Tried | null> {
  const { analyticsOrigin, orderSources, settings } = reconciliation;
  const { timeZone } = settings;
  const read = await latestTransactions(scope, analyticsOrigin, ROWS);
  const days = { first: read.at(-1)?.day, last: read[0]?.day };
  const origins = orderSources.flatMap(({ origin, isCompared }) => (isCompared ? [origin] : []));
  if (days.first === undefined || days.last === undefined) return null;
  const orders = await latestOrders(scope, {
    origins,
    from: startOfDay(timeZone, addDays(days.first, -DAYS_BEFORE)),
    to: startOfDay(timeZone, addDays(days.last, 1)),
    limit: Math.ceil(ORDERS / Math.max(1, origins.length)),
  });
  const oldest = orders.map(({ createdAt }) => createdAt).sort()[0];
  if (oldest === undefined) return null;
  const rows = ofTheseDays(read, { oldest, timeZone, isCut: orders.length >= ORDERS });
  const books = openBooks(settings.idRules);
  const places = new Map(orderSources.map(({ origin }, place) => [origin, place]));
  for (const { origin, ...order } of orders) {
    added(() => addOrder(books, { ...order, id: orderKey(places.get(origin) ?? 0, order.id) }));
  }
  for (const row of rows) added(() => addTransaction(books, row));
  const told = { scheme: settings.scheme, calendar: new Calendar(timeZone), decided: decidedPairs(books, []) };
  const firstDay = rows.at(-1)?.day ?? days.first;
  return { books, pairs: pairRows(books, told), firstDay, lastDay: days.last };
}

interface Dated {
  day: string;
}

/** Where there are more orders than are looked at, rows from before those would seem to find none. */
function ofTheseDays<Row extends Dated>(
  rows: readonly Row[],
  { oldest, timeZone, isCut }: { oldest: string; timeZone: string; isCut: boolean },
): readonly Row[] {
  const whole = rows.filter(({ day }) => day > dateIn(timeZone, oldest));
  return isCut && whole.length > 0 ? whole : rows;
}
