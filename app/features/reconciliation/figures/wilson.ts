/** Wilson's score interval (E. B. Wilson, 1927): between which rates the true one lies, 19 times of 20. */
export interface Interval {
  low: number;
  high: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** Null for none of none. */
export function wilsonInterval(hits: number, of: number): Interval | null {
  if (of === 0) return null;
  const share = hits / of;
  const square = Z * Z;
  const middle = share + square / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  const whole = 1 + square / of;
  return { low: hits === 0 ? 0 : (middle - half) / whole, high: hits === of ? 1 : (middle + half) / whole };
}
