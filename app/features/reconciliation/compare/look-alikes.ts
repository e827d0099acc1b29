/** A missing order and an unexpected row that may belong together: a suggestion for a person, never counted. */
import { type Judging, type JudgedOrders } from "~/features/reconciliation/compare/judge-orders";
import { type JudgedRows } from "~/features/reconciliation/compare/judge-rows";
import { codesOf, orderBuckets, orderFlags, rowBuckets, rowFlags } from "~/features/reconciliation/compare/outcomes";
import { MINUTE_MS } from "~/platform/time";

/** By the numbers of the books. */
export interface LookAlike {
  order: number;
  row: number;
}

const NEAR_MS = 30 * MINUTE_MS;
const missing = codesOf(orderBuckets).missing;
const unexpected = codesOf(rowBuckets).unexpected;

/** Same amount and currency, at most half an hour apart, and neither has another such. */
export function findLookAlikes(judging: Judging, orders: JudgedOrders, rows: JudgedRows): LookAlike[] {
  const analytics = unexpectedRows(judging, rows);
  const shop = missingOrders(judging, orders, analytics);
  const found: LookAlike[] = [];
  for (const [alike, moments] of shop.all) {
    for (const { place: order, ms } of moments) {
      const row = onlyOneNear(analytics.all.get(alike), ms);
      if (row && onlyOneNear(moments, row.ms)) found.push({ order, row: row.place });
    }
  }
  for (const { order, row } of found) {
    orders.flags[order]! |= orderFlags.lookAlike;
    rows.flags[row]! |= rowFlags.lookAlike;
  }
  return found;
}

interface Moment {
  place: number;
  ms: number;
}

/** The earliest first, by currency and amount; amounts are also known alone, as few of the orders' occur at all. */
interface Moments {
  all: Map<string, Moment[]>;
  amounts: Set<number>;
}

/** Those whose time of day is known. */
function unexpectedRows({ books }: Judging, judged: JudgedRows): Moments {
  const { facts, length } = books.transactions;
  const moments: Moments = { all: new Map(), amounts: new Set() };
  for (let row = 0; row < length; row++) {
    if (judged.bucket[row] !== unexpected || !facts.isTimed[row]) continue;
    put(moments, { currency: facts.currency[row]!, amount: facts.value[row]! }, { place: row, ms: facts.atMs[row]! });
  }
  return sorted(moments);
}

function missingOrders({ books, eligibility }: Judging, judged: JudgedOrders, { amounts }: Moments): Moments {
  const { facts, length } = books.orders;
  const moments: Moments = { all: new Map(), amounts: new Set() };
  for (let order = 0; order < length; order++) {
    const amount = eligibility.amount[order]!;
    if (judged.bucket[order] !== missing || !amounts.has(amount)) continue;
    put(moments, { currency: facts.currency[order]!, amount }, { place: order, ms: facts.createdMs[order]! });
  }
  return sorted(moments);
}

function put({ all, amounts }: Moments, { currency, amount }: { currency: number; amount: number }, moment: Moment) {
  const alike = `${currency} ${amount}`;
  const others = all.get(alike);
  if (others) others.push(moment);
  else all.set(alike, [moment]);
  amounts.add(amount);
}

function sorted(moments: Moments): Moments {
  for (const alike of moments.all.values()) alike.sort((one, other) => one.ms - other.ms);
  return moments;
}

/** Null when there is none near that time, or more than one. */
function onlyOneNear(moments: readonly Moment[] | undefined, ms: number): Moment | null {
  if (!moments) return null;
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]!.ms < ms - NEAR_MS) low = middle + 1;
    else high = middle;
  }
  const [first, second] = moments.slice(low, low + 2).filter((moment) => moment.ms <= ms + NEAR_MS);
  return first && !second ? first : null;
}
