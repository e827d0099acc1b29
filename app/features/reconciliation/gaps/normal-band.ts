/** Between which shares a shop's gap usually lies, by its own last days. */

/** A settled day. */
export interface DayGap {
  /** A plain date. */
  day: string;
  missing: number;
  /** Settled orders that take part. */
  of: number;
}

export interface NormalBand {
  median: number;
  /** The median distance from the median. */
  deviation: number;
  low: number;
  high: number;
  days: number;
}

const LOOKED_AT = 28;
const FEWEST = 14;
const WIDTH = 3;

/** Of the last 28 days with orders; null before there are 14. Shares of missing orders. */
export function normalBand(days: readonly DayGap[]): NormalBand | null {
  const sorted = days.filter(({ of }) => of > 0).sort((one, other) => (one.day < other.day ? -1 : 1));
  const shares = sorted.slice(-LOOKED_AT).map(({ missing, of }) => missing / of);
  if (shares.length < FEWEST) return null;
  const middle = median(shares);
  const deviation = median(shares.map((share) => Math.abs(share - middle)));
  const [low, high] = [Math.max(0, middle - WIDTH * deviation), Math.min(1, middle + WIDTH * deviation)];
  return { median: middle, deviation, low, high, days: shares.length };
}

/** Whether a day's share lies outside the band: worth a notice. */
export function leavesBand(band: NormalBand, { missing, of }: Pick<DayGap, "missing" | "of">): boolean {
  return of > 0 && (missing / of > band.high || missing / of < band.low);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.floor(sorted.length / 2)]!];
  return (below + above) / 2;
}
