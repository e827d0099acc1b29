/** What a run of a comparison goes by, whatever becomes of its reconciliation meanwhile. */
import { type Decision, type Settings } from "~/features/reconciliation/compare/settings";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { addDays, daysBetween, HOUR_MS, startOfDay } from "~/platform/time";

export interface RunSettings {
  kept: KeptSettings;
  /** Where orders come from, each with its place among the reconciliation's sources. */
  sources: { place: number; origin: string }[];
  analyticsOrigin: string;
}

/** First and last day of what is compared, both in it, by the property's clocks. */
export interface Days {
  firstDay: string;
  lastDay: string;
}

/** How far from the days compared an order may lie that explains a row of these days, and the other way about. */
const AROUND_DAYS = 7;

/** What has to be read for these days: rows as long after them as hits may come late, and the orders of all such rows. */
export function windowOf({ timeZone, waitingHours }: KeptSettings, { firstDay, lastDay }: Days) {
  const lastRowDay = addDays(lastDay, Math.ceil(waitingHours / 24));
  return {
    orders: {
      from: startOfDay(timeZone, addDays(firstDay, -AROUND_DAYS)),
      to: startOfDay(timeZone, addDays(lastRowDay, AROUND_DAYS + 1)),
    },
    rows: { firstDay, lastDay: lastRowDay },
  };
}

/** The days of a window that do not lie in what is known of, and those of which too little is. */
export function incompleteDays({ firstDay, lastDay }: Days, known: KnownDays): string[] {
  const all = Array.from({ length: daysBetween(firstDay, lastDay) + 1 }, (_, n) => addDays(firstDay, n));
  return all.filter((day) => known === null || day < known.from || day > known.through || known.doubtful.has(day));
}

/** Null: nothing is known of any day. */
export type KnownDays = { from: string; through: string; doubtful: ReadonlySet<string> } | null;

interface Told extends Days {
  now: string;
  incompleteDays: readonly string[];
  decisions: readonly Decision[];
}

/** A basis that is to be found is taken to be the whole at first. */
export function comparisonSettings(kept: KeptSettings, told: Told): Settings {
  const { waitingHours, startDay: _, idRules: __, basis, ...rest } = kept;
  return { ...rest, ...told, waitingMs: waitingHours * HOUR_MS, basis: basis ?? "total" };
}
