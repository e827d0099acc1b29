/** Shares of few are counts: a percentage of twelve people says more than anybody knows. */
import { numberFormat } from "~/platform/number-formats";

/** Below so many, a share is said as "3 of 12". */
export const FEW = 30;

/** "24 %", of few "3 of 12", of none nothing at all. */
export function shareText(count: number, of: number, locale: string): string {
  if (of === 0) return "";
  if (of < FEW) return `${count.toLocaleString(locale)} of ${of.toLocaleString(locale)}`;
  return numberFormat("percent", locale).format(count / of);
}

/**
 * Between which shares the true one lies in 95 of 100 such campaigns: Wilson's score interval (E. B. Wilson, 1927), which
 * stays between 0 and 1 and holds for few and for none. `of` is above 0.
 */
export function interval(count: number, of: number): { low: number; high: number } {
  const z = 1.959964;
  const share = count / of;
  const middle = share + (z * z) / (2 * of);
  const width = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (middle - width) / scale), high: Math.min(1, (middle + width) / scale) };
}

/** "8 % (5–11 %)", of few "1 of 12". */
export function shareWithInterval(count: number, of: number, locale: string): string {
  if (of < FEW) return shareText(count, of, locale);
  const { low, high } = interval(count, of);
  const whole = (share: number) => Math.round(share * 100).toLocaleString(locale);
  return `${shareText(count, of, locale)} (${whole(low)}–${shareText(high * of, of, locale)})`;
}

/** "312, 8 % (7–9 %)", of few "3 of 12", of none nothing at all. */
export function countAndShare(count: number, of: number, locale: string): string {
  const share = shareWithInterval(count, of, locale);
  return of < FEW ? share : `${count.toLocaleString(locale)}, ${share}`;
}
