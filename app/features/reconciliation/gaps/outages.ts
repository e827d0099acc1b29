/** Hours in which nothing was tracked at all, though the shop sold as it usually does. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { type SettledOrders } from "~/features/reconciliation/gaps/missing-orders";
import { HOUR_MS } from "~/platform/time";

export interface Outage {
  /** Milliseconds since 1970: the first and the last order of which nothing was tracked. */
  fromMs: number;
  toMs: number;
  orders: number[];
}

const SHORTEST_MS = 2 * HOUR_MS;
const FEWEST = 5;
/** How seldom as many orders in a row would be missing by chance. */
const CHANCE = 0.001;

/** What is explained is passed over; `trackedMs` ascends: the times at which anything was tracked. */
export function outages(comparison: Comparison, settled: SettledOrders, trackedMs: Float64Array): Outage[] {
  const { inTime, isMissing, isExplained } = settled;
  const counted = inTime.filter((order) => !isExplained[order]);
  const whole = { missing: counted.filter(isMissing).length, of: counted.length };
  const runs = missingRuns(comparison, counted, { isMissing, trackedMs });
  return runs.filter((run) => run.toMs - run.fromMs >= SHORTEST_MS && isUnlikely(run, whole));
}

/** Stretches of missing orders, broken where an order was found or a row tracked. */
function missingRuns(
  { books }: Comparison,
  counted: Int32Array,
  { isMissing, trackedMs }: { isMissing: SettledOrders["isMissing"]; trackedMs: Float64Array },
): Outage[] {
  const runs: Outage[] = [];
  let run: Outage | null = null;
  let tracked = 0;
  for (const order of counted) {
    const ms = books.orders.facts.createdMs[order]!;
    while (tracked < trackedMs.length && trackedMs[tracked]! <= (run?.toMs ?? ms)) tracked += 1;
    if (!isMissing(order)) run = null;
    else if (run && !(trackedMs[tracked]! < ms)) {
      run.toMs = ms;
      run.orders.push(order);
    } else runs.push((run = { fromMs: ms, toMs: ms, orders: [order] }));
  }
  return runs;
}

/** By the share that is missing at other times. */
function isUnlikely({ orders }: Outage, whole: { missing: number; of: number }): boolean {
  const others = whole.of - orders.length;
  if (orders.length < FEWEST || others === 0) return false;
  return ((whole.missing - orders.length) / others) ** orders.length < CHANCE;
}
