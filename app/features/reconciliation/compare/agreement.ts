/** Whether two amounts of one currency count as equal, and what made them so. */
import { agreements, codesOf } from "~/features/reconciliation/compare/outcomes";
import { type Tolerance } from "~/features/reconciliation/compare/settings";

const code = codesOf(agreements);

/** The place in the list of agreements; `none` is 0. */
export function agreementOf(amount: number, value: number, { absoluteMinor, basisPoints }: Tolerance): number {
  if (value === amount) return code.exact;
  const difference = Math.abs(value - amount);
  if (difference <= absoluteMinor) return code.absolute;
  if (basisPoints > 0 && isWithin(difference, Math.abs(amount), basisPoints)) return code.relative;
  return code.none;
}

/** difference / amount ≤ basis points / 10,000, without a division that would round. */
function isWithin(difference: number, amount: number, basisPoints: number): boolean {
  const [share, most] = [difference * 10_000, amount * basisPoints];
  if (Number.isSafeInteger(share) && Number.isSafeInteger(most)) return share <= most;
  return BigInt(difference) * 10_000n <= BigInt(amount) * BigInt(basisPoints);
}
