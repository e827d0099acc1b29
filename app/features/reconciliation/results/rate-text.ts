/** Rates as text: one without a base is said to be none, and what is not quite all never reads as all. */
import { type Interval } from "~/features/reconciliation/figures/wilson";
import { numberFormat } from "~/platform/number-formats";

const NONE = "–";

/** "96.0 %"; 99.97 % is written as 99.9, as 100.0 would say that nothing is wrong, and 0.02 as 0.1. */
export function rateText(rate: number | null, locale: string): string {
  if (rate === null) return NONE;
  const format = numberFormat("percentTenths", locale);
  if (rate < 1 && rate > 0.999) return format.format(0.999);
  if (rate > 0 && rate < 0.001) return format.format(0.001);
  return format.format(rate);
}

/** "91.2–98.4 %" */
export function intervalText({ low, high }: Interval, locale: string): string {
  return `${rateText(low, locale)} – ${rateText(high, locale)}`;
}
