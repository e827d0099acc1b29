/** Where the gap of the latest settled day lies, by the shop's own days before it. */
import { daysOf, settledOf, type Trend } from "~/features/reconciliation/figures/trend";
import { type DayGap, leavesBand, normalBand, type NormalBand } from "~/features/reconciliation/gaps/normal-band";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { addDays, HOUR_MS, later, startOfDay } from "~/platform/time";

export interface GapNow {
  /** The latest settled day with orders. */
  latest: DayGap;
  /** Of the days before it; null: fewer than are needed. */
  band: NormalBand | null;
  leaves: "above" | "below" | null;
}

/** Days of which all is known: none of their orders is open, and no hit can come late any more. */
export function settledDays(trend: Trend, startedAt: string, { timeZone, waitingHours }: KeptSettings): DayGap[] {
  return daysOf(trend)
    .filter(({ day, open }) => open === 0 && lastHit(timeZone, day, waitingHours) <= startedAt)
    .map((counts) => ({ day: counts.day, missing: counts.missing, of: settledOf(counts) }))
    .filter(({ of }) => of > 0);
}

function lastHit(timeZone: string, day: string, waitingHours: number): string {
  return later(startOfDay(timeZone, addDays(day, 1)), waitingHours * HOUR_MS);
}

/** Null: no day is settled. The latest day is measured by those before it, so that it does not widen its own band. */
export function gapNow(days: readonly DayGap[]): GapNow | null {
  const latest = days.at(-1);
  if (!latest) return null;
  const band = normalBand(days.slice(0, -1));
  const leaves = band && leavesBand(band, latest) ? (latest.missing / latest.of > band.high ? "above" : "below") : null;
  return { latest, band, leaves };
}
