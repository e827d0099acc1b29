/**
 * Why orders are missing, as far as the figures show it: each missing order has exactly one reason, the most certain
 * first. What consent and blockers take is never said of an order; it is estimated beside.
 */
import { dateOfDay } from "~/features/reconciliation/columns/calendar";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { type Interval, wilsonInterval } from "~/features/reconciliation/figures/wilson";
import { idChanges } from "~/features/reconciliation/gaps/id-changes";
import { type SettledOrders, settledOrders } from "~/features/reconciliation/gaps/missing-orders";
import { methodsWithoutReturn } from "~/features/reconciliation/gaps/no-return";
import { outages } from "~/features/reconciliation/gaps/outages";

export type GapReason =
  | { kind: "no-browser"; channel: string }
  | { kind: "id-rule-changed"; firstDay: string; lastDay: string }
  /** Instants of the first and the last order of which nothing was tracked. */
  | { kind: "tag-outage"; from: string; to: string }
  | { kind: "no-return"; paymentMethod: string; ofItsOrders: number }
  | { kind: "unknown" };

export interface Gap {
  reason: GapReason;
  /** Places in the books. */
  orders: number[];
  /** By currency, in minor units on the basis compared. */
  amounts: { currency: string; amount: bigint }[];
}

export interface Gaps {
  missing: number;
  /** The most orders first, then the most money. */
  reasons: Gap[];
  unseen: UnseenShare | null;
}

/** What of the orders that nothing else explains analytics never saw: the usual work of consent banners and blockers. */
export interface UnseenShare {
  missing: number;
  of: number;
  share: number;
  interval: Interval;
}

/** Ways to sell without a browser that could carry a tag. */
const usualChannelsWithoutBrowser = ["pos", "draft", "renewal", "marketplace", "phone", "admin", "api"];

export function explainGaps(
  comparison: Comparison,
  channelsWithoutBrowser: readonly string[] = usualChannelsWithoutBrowser,
): Gaps {
  const settled = settledOrders(comparison);
  const { inTime, isMissing, isExplained } = settled;
  const reasons: Gap[] = [];
  const explain = (reason: GapReason, orders: Iterable<number>) => {
    const missing: number[] = [];
    for (const order of orders) {
      if (isMissing(order) && !isExplained[order]) missing.push(order);
      isExplained[order] = 1;
    }
    if (missing.length > 0) reasons.push({ reason, orders: missing, amounts: amountsOf(comparison, missing) });
  };
  for (const { channel, orders } of withoutBrowser(comparison, settled, channelsWithoutBrowser)) {
    explain({ kind: "no-browser", channel }, orders);
  }
  explainTimes(comparison, settled, explain);
  for (const { method, of } of methodsWithoutReturn(comparison, settled)) {
    const orders = inTime.filter((order) => comparison.books.orders.facts.method[order] === method);
    explain({ kind: "no-return", paymentMethod: comparison.books.methods.text(method), ofItsOrders: of }, orders);
  }
  const unseen = unseenShare(settled);
  explain({ kind: "unknown" }, inTime);
  return { missing: inTime.filter(isMissing).length, reasons: reasons.sort(byWeight), unseen };
}

/** What happened at a time hits every order of that time, whatever its method. */
function explainTimes(
  comparison: Comparison,
  settled: SettledOrders,
  explain: (reason: GapReason, orders: Iterable<number>) => void,
) {
  for (const { fromDay, toDay, orders } of idChanges(comparison, settled)) {
    explain({ kind: "id-rule-changed", firstDay: dateOfDay(fromDay), lastDay: dateOfDay(toDay) }, orders);
  }
  for (const { fromMs, toMs, orders } of outages(comparison, settled, tracked(comparison))) {
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    explain({ kind: "tag-outage", from, to }, orders);
  }
}

/** The times at which anything was tracked, ascending; rows of which only the day is known say nothing of hours. */
function tracked({ books }: Comparison): Float64Array {
  const { atMs, isTimed } = books.transactions.facts;
  const times = new Float64Array(books.transactions.length);
  let count = 0;
  for (let row = 0; row < times.length; row++) if (isTimed[row]) times[count++] = atMs[row]!;
  return times.subarray(0, count).sort();
}

function withoutBrowser({ books }: Comparison, { inTime }: SettledOrders, names: readonly string[]) {
  const { channel } = books.orders.facts;
  return names
    .map((name) => ({ channel: name, number: books.channels.find(name) }))
    .filter(({ number }) => number >= 0)
    .map(({ channel: name, number }) => ({
      channel: name,
      orders: inTime.filter((order) => channel[order] === number),
    }));
}

function unseenShare({ inTime, isMissing, isExplained }: SettledOrders): UnseenShare | null {
  const left = inTime.filter((order) => !isExplained[order]);
  const missing = left.filter(isMissing).length;
  const interval = wilsonInterval(missing, left.length);
  return interval && { missing, of: left.length, share: missing / left.length, interval };
}

function amountsOf({ books, eligibility }: Comparison, orders: readonly number[]): Gap["amounts"] {
  const sums = new Map<number, bigint>();
  for (const order of orders) {
    const currency = books.orders.facts.currency[order]!;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(eligibility.amount[order]!));
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency: books.currencies.text(currency), amount }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** Amounts of two currencies are not compared: then, as for equals, the words decide. */
function byWeight(one: Gap, other: Gap): number {
  const words = JSON.stringify(one.reason) < JSON.stringify(other.reason) ? -1 : 1;
  return other.orders.length - one.orders.length || byMoney(one, other) || words;
}

function byMoney({ amounts: [mine, ...moreOfMine] }: Gap, { amounts: [theirs, ...moreOfTheirs] }: Gap): number {
  if (!mine || !theirs || mine.currency !== theirs.currency) return 0;
  return moreOfMine.length + moreOfTheirs.length > 0 ? 0 : Number(theirs.amount - mine.amount);
}
