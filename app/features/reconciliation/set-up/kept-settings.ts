/** What is chosen of a reconciliation, as it is kept. */
import { z } from "zod";
import { valueBases } from "~/features/reconciliation/basis/value-basis";
import { aliasTypes } from "~/features/reconciliation/ids/alias-types";
import { isDate, isTimeZone } from "~/platform/time";

const affix = z.string().max(40);

export const MOST_AFFIXES = 10;

export const affixRule = z
  .object({ of: z.enum(["names", "tracked-ids"]), prefix: affix, suffix: affix })
  .refine(({ prefix, suffix }) => prefix !== "" || suffix !== "");

/** Before, no shop had analytics; each day since the start has a place in the comparison. */
export const EARLIEST_DAY = "2000-01-01";

export const LONGEST_WAIT_HOURS = 30 * 24;
export const MOST_CHANNELS = 50;

export const keptSettings = z.object({
  /** The analytics property's: days begin there. */
  timeZone: z.string().refine(isTimeZone),
  /** Nothing from before is compared. */
  startDay: z.string().refine((day) => isDate(day) && day >= EARLIEST_DAY),
  /** How long hits may come late. */
  waitingHours: z.int().min(0).max(LONGEST_WAIT_HOURS),
  /** Null: at each run that on which most are equal. */
  basis: z.enum(valueBases).nullable(),
  /** Null: at each run that which finds most. */
  scheme: z.enum(aliasTypes).nullable(),
  idRules: z.object({
    affixes: z.array(affixRule).max(MOST_AFFIXES),
    keepsLeadingZeros: z.boolean(),
  }),
  tolerance: z.object({ absoluteMinor: z.int().min(0).max(1_000_000), basisPoints: z.int().min(0).max(10_000) }),
  untrackedChannels: z.array(z.string().min(1).max(100)).max(MOST_CHANNELS),
  leavesOutZero: z.boolean(),
});

export type KeptSettings = z.infer<typeof keptSettings>;

/** A source of orders: its place among those of the reconciliation is a part of its orders' names, so it never changes. */
export const orderSource = z.object({
  /** A connector's id, or that of files. */
  origin: z.string(),
  /** Those that are not were taken out: what was decided of their orders holds when they come back. */
  isCompared: z.boolean(),
});

export type OrderSource = z.infer<typeof orderSource>;

/** With these origins in place of those before. */
export function withOrigins(before: readonly OrderSource[], origins: readonly string[]): OrderSource[] {
  const known = before.map(({ origin }) => ({ origin, isCompared: origins.includes(origin) }));
  const added = [...new Set(origins)].filter((origin) => !before.some((source) => source.origin === origin));
  return [...known, ...added.map((origin) => ({ origin, isCompared: true }))];
}

/** The name of an order at every run: two shops may call theirs alike. */
export function orderKey(place: number, remoteId: string): string {
  return `${place}:${remoteId}`;
}
