import { z } from "zod";

/** When a connector runs by itself, as people chose it; kept as JSON on the connector. All times are the account's. */

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Each of these once, in their order. */
const distinct = <T extends string | number>(values: T[]) => [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));

/** Monday is 1, Sunday 7 (ISO 8601). */
const weekday = z.number().int().min(1).max(7);

export const MOST_TIMES = 24;

const rhythm = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("manual") }),
  z.strictObject({ every: z.literal("hour"), minute: z.number().int().min(0).max(59) }),
  z.strictObject({ every: z.literal("times"), times: z.array(clockTime).min(1).max(MOST_TIMES).transform(distinct) }),
  z.strictObject({ every: z.literal("day"), time: clockTime }),
  z.strictObject({ every: z.literal("weekdays"), time: clockTime }),
  z.strictObject({ every: z.literal("week"), days: z.array(weekday).min(1).transform(distinct), time: clockTime }),
  // Of a month that has no such day it is the last.
  z.strictObject({
    every: z.literal("month"),
    day: z.union([z.number().int().min(1).max(31), z.literal("last")]),
    time: clockTime,
  }),
]);

const quietHours = z
  .strictObject({ from: clockTime, until: clockTime })
  .refine(({ from, until }) => from !== until, "Quiet hours begin and end at different times.");

const chosen = z.strictObject({ rhythm, quiet: quietHours.nullable() });
export type RunSchedule = z.infer<typeof chosen>;
export type Rhythm = RunSchedule["rhythm"];
export type QuietHours = NonNullable<RunSchedule["quiet"]>;

export const byHand: RunSchedule = { rhythm: { every: "manual" }, quiet: null };

/** What the wizard proposes: contacts come in by themselves. */
export const everyMorning: RunSchedule = { rhythm: { every: "day", time: "06:00" }, quiet: null };

const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** Where nothing was chosen yet, `{}`, it runs by hand. */
export const runSchedule = z.preprocess((value) => (isEmpty(value) ? byHand : value), chosen);
