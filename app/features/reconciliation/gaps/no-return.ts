/** Payment methods whose buyers often do not come back to the shop's last page: far more of their orders are missing. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { wilsonInterval } from "~/features/reconciliation/figures/wilson";
import { type SettledOrders } from "~/features/reconciliation/gaps/missing-orders";

export interface MethodGap {
  /** The number of the method in the books. */
  method: number;
  missing: number;
  /** Settled orders paid so. */
  of: number;
}

/** Of fewer missing orders it is chance as well. */
const FEWEST = 5;
const TIMES = 2;

/**
 * Methods of which certainly more is missing than of all others together (their 95 % intervals do not touch), at least
 * twice as much. What is explained is left out on both sides.
 */
export function methodsWithoutReturn({ books }: Comparison, settled: SettledOrders): MethodGap[] {
  const { inTime, isMissing, isExplained } = settled;
  const gaps = new Map<number, MethodGap>();
  const whole = { missing: 0, of: 0 };
  for (const order of inTime) {
    if (isExplained[order]) continue;
    const method = books.orders.facts.method[order]!;
    const gap = gaps.get(method) ?? { method, missing: 0, of: 0 };
    gaps.set(method, gap);
    for (const counted of [gap, whole]) {
      counted.of += 1;
      if (isMissing(order)) counted.missing += 1;
    }
  }
  return [...gaps.values()].filter((gap) => standsOut(gap, whole) && books.methods.text(gap.method) !== "");
}

function standsOut(gap: MethodGap, whole: { missing: number; of: number }): boolean {
  const rest = { missing: whole.missing - gap.missing, of: whole.of - gap.of };
  const [own, others] = [wilsonInterval(gap.missing, gap.of), wilsonInterval(rest.missing, rest.of)];
  if (!own || !others || gap.missing < FEWEST) return false;
  return own.low > others.high && gap.missing * rest.of >= TIMES * rest.missing * gap.of;
}
