/** What a campaign cost for each it reached and each who answered, and what came back. Whole minor units. */
import { numberFormat } from "~/platform/number-formats";

/** The share of each, rounded half up; null where there is no cost or nobody to share it. */
export function costPer(costMinor: bigint, count: number): bigint | null {
  if (costMinor <= 0n || count <= 0) return null;
  return rounded(costMinor, BigInt(count));
}

/** Hundredths of what came back for each unit spent: 467 is 4.67 for each 1; null where nothing was spent. */
export function returnOnCost({ costMinor, valueMinor }: { costMinor: bigint; valueMinor: bigint }): bigint | null {
  return costMinor <= 0n ? null : rounded(valueMinor * 100n, costMinor);
}

function rounded(whole: bigint, parts: bigint): bigint {
  return (2n * whole + parts) / (2n * parts);
}

/** "4.67" as the locale writes it. */
export function returnText(hundredths: bigint, locale: string): string {
  const digits = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
  return numberFormat("hundredths", locale).format(digits as Intl.StringNumericLiteral);
}
