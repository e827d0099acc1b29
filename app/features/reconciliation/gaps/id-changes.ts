/** Days from which on orders were tracked under ids that nobody can read any more: as many missing as came unexpected. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { codesOf, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { type SettledOrders } from "~/features/reconciliation/gaps/missing-orders";

export interface IdChange {
  /** Counted from 1970: the day of the change and the last that it held. */
  fromDay: number;
  toDay: number;
  orders: number[];
}

const FEWEST = 5;
/** Of the day's orders so many are missing, and so many rows for each of those came under other ids. */
const NEARLY_ALL = 0.8;

const bucket = codesOf(rowBuckets);

interface Day {
  day: number;
  orders: number[];
  missing: number[];
  strays: number;
}

export function idChanges(comparison: Comparison, settled: SettledOrders): IdChange[] {
  const changes: IdChange[] = [];
  let [change, before]: [IdChange | null, Day | null] = [null, null];
  for (const day of daysOf(comparison, settled)) {
    if (!isChanged(day)) change = null;
    else if (change) {
      change.toDay = day.day;
      change.orders.push(...day.missing);
    } else changes.push((change = firstDay(day, before, settled)));
    before = day;
  }
  return changes.filter(({ orders }) => orders.length >= FEWEST);
}

/** Days with orders, in order. */
function daysOf({ eligibility, rows }: Comparison, { inTime, isMissing }: SettledOrders): Day[] {
  const days = new Map<number, Day>();
  for (const order of inTime) {
    const number = eligibility.day[order]!;
    const day = days.get(number) ?? { day: number, orders: [], missing: [], strays: 0 };
    days.set(number, day);
    day.orders.push(order);
    if (isMissing(order)) day.missing.push(order);
  }
  for (let row = 0; row < rows.bucket.length; row++) {
    const day = days.get(rows.day[row]!);
    if (day && (rows.bucket[row] === bucket.unexpected || rows.bucket[row] === bucket["unusable-id"])) day.strays += 1;
  }
  return [...days.values()];
}

function isChanged({ orders, missing, strays }: Day): boolean {
  return missing.length >= orders.length * NEARLY_ALL && hasStrays(missing, strays);
}

function hasStrays(missing: readonly number[], strays: number): boolean {
  return missing.length > 0 && strays >= missing.length * NEARLY_ALL;
}

/** The change may have come in the middle of the day before: from its last order that was found on. */
function firstDay(day: Day, before: Day | null, { isMissing }: SettledOrders): IdChange {
  const lastFound = before ? before.orders.findLastIndex((order) => !isMissing(order)) : -1;
  const tail = before && before.day === day.day - 1 && lastFound >= 0 ? before.orders.slice(lastFound + 1) : [];
  const isTail = before !== null && hasStrays(tail, before.strays);
  return { fromDay: isTail ? before.day : day.day, toDay: day.day, orders: [...(isTail ? tail : []), ...day.missing] };
}
