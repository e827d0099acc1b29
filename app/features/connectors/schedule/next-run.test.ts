import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfQuiet, nextRunAt, nextRuns } from "~/features/connectors/schedule/next-run";
import { byHand, type Rhythm, runSchedule, type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { scheduleWords } from "~/features/connectors/schedule/schedule-words";
import { instantsOf, wallClock } from "~/features/connectors/schedule/wall-clock";
import { DAY_MS, daysInMonth, HOUR_MS, millisecondsBetween } from "~/platform/time";

const only = (rhythm: Rhythm): RunSchedule => ({ rhythm, quiet: null });
const next = (schedule: RunSchedule, after: string, timeZone = "Europe/Berlin") =>
  nextRunAt(schedule, { after, timeZone });
const daily = (time: string) => only({ every: "day", time });

describe("a schedule", () => {
  test("of which nothing was said yet runs by hand, and never by itself", () => {
    expect(runSchedule.parse({})).toEqual(byHand);
    expect(next(byHand, "2026-05-03T10:00:00.000Z")).toBeNull();
  });

  test("keeps times and days once, in their order, and refuses what is no time of day", () => {
    const times = { rhythm: { every: "times", times: ["17:30", "08:00", "17:30"] }, quiet: null };
    expect(runSchedule.parse(times).rhythm).toEqual({ every: "times", times: ["08:00", "17:30"] });
    expect(runSchedule.safeParse(daily("24:00")).success).toBe(false);
    expect(runSchedule.safeParse({ ...daily("07:30"), quiet: { from: "22:00", until: "22:00" } }).success).toBe(false);
  });

  test.each<[string, RunSchedule, string, string]>([
    ["daily, later today", daily("07:30"), "2026-05-03T04:00:00.000Z", "2026-05-03T05:30:00.000Z"],
    ["daily, at that very instant: tomorrow", daily("07:30"), "2026-05-03T05:30:00.000Z", "2026-05-04T05:30:00.000Z"],
    [
      "on weekdays, over the weekend",
      only({ every: "weekdays", time: "07:30" }),
      "2026-05-01T06:00:00.000Z",
      "2026-05-04T05:30:00.000Z",
    ],
    [
      "weekly, on the next of its days",
      only({ every: "week", days: [2, 6], time: "23:15" }),
      "2026-05-03T10:00:00.000Z",
      "2026-05-05T21:15:00.000Z",
    ],
    [
      "monthly, on the 31st of a month of 30 days",
      only({ every: "month", day: 31, time: "06:00" }),
      "2026-03-31T12:00:00.000Z",
      "2026-04-30T04:00:00.000Z",
    ],
    [
      "on the last day of a February",
      only({ every: "month", day: "last", time: "06:00" }),
      "2028-02-01T00:00:00.000Z",
      "2028-02-29T05:00:00.000Z",
    ],
    ["hourly", only({ every: "hour", minute: 15 }), "2026-05-03T10:15:00.000Z", "2026-05-03T11:15:00.000Z"],
    [
      "in a time that the clocks skip: an hour later",
      daily("02:30"),
      "2026-03-28T12:00:00.000Z",
      "2026-03-29T01:30:00.000Z",
    ],
    [
      "in a time that they show twice: the first",
      daily("02:30"),
      "2026-10-24T12:00:00.000Z",
      "2026-10-25T00:30:00.000Z",
    ],
    ["and not the second as well", daily("02:30"), "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
    [
      "hourly, in the hour that comes twice",
      only({ every: "hour", minute: 30 }),
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ],
  ])("%s", (_, schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  test("where a whole day was skipped comes on the day that followed", () => {
    const friday = only({ every: "week", days: [5], time: "09:00" });
    expect(next(friday, "2011-12-29T22:00:00.000Z", "Pacific/Apia")).toBe("2011-12-30T19:00:00.000Z");
  });

  test("waits for the end of quiet hours, over midnight too, and comes once then", () => {
    const hourly: RunSchedule = { rhythm: { every: "hour", minute: 0 }, quiet: { from: "22:00", until: "06:30" } };
    const runs = nextRuns(hourly, { after: "2026-05-03T18:30:00.000Z", timeZone: "Europe/Berlin", count: 3 });
    expect(runs.map((at) => wallClock("Europe/Berlin", Date.parse(at)))).toEqual([
      "2026-05-03T21:00",
      "2026-05-04T06:30",
      "2026-05-04T07:00",
    ]);
    expect(endOfQuiet(hourly, { at: "2026-05-03T21:10:00.000Z", timeZone: "Europe/Berlin" })).toBe(
      "2026-05-04T04:30:00.000Z",
    );
    expect(endOfQuiet(hourly, { at: "2026-05-04T04:30:00.000Z", timeZone: "Europe/Berlin" })).toBeNull();
  });

  test("is said in words", () => {
    const said = (rhythm: Rhythm) => scheduleWords(only(rhythm));
    expect(scheduleWords(byHand)).toBe("Only when somebody starts it");
    expect(said({ every: "weekdays", time: "07:30" })).toBe("Every weekday at 07:30");
    expect(said({ every: "times", times: ["08:00", "12:00", "17:30"] })).toBe("Every day at 08:00, 12:00 and 17:30");
    expect(said({ every: "week", days: [1, 4], time: "09:00" })).toBe("Every Monday and Thursday at 09:00");
    expect(said({ every: "month", day: 22, time: "09:00" })).toBe("On the 22nd of each month at 09:00");
    expect(said({ every: "month", day: 31, time: "09:00" })).toBe(
      "On the 31st (or the last day) of each month at 09:00",
    );
    expect(scheduleWords({ rhythm: { every: "hour", minute: 15 }, quiet: { from: "22:00", until: "06:00" } })).toBe(
      "Every hour, at 15 minutes past, but not from 22:00 to 06:00",
    );
  });
});

/** Clocks put forward and back, by half an hour too, at midnight, in both halves of the year, over a whole day, never. */
const zones = [
  ...["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"],
  ...[
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/St_Johns",
    "Asia/Beirut",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "UTC",
  ],
];

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const rhythm: fc.Arbitrary<Rhythm> = fc.oneof(
  fc.record({ every: fc.constant("hour" as const), minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ every: fc.constant("times" as const), times: fc.uniqueArray(time, { minLength: 1, maxLength: 5 }) }),
  fc.record({ every: fc.constant("day" as const), time }),
  fc.record({ every: fc.constant("weekdays" as const), time }),
  fc.record({
    every: fc.constant("week" as const),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    time,
  }),
  fc.record({
    every: fc.constant("month" as const),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant("last" as const)),
    time,
  }),
);
const moment = fc
  .integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2037, 11, 31) })
  .map((at) => new Date(at).toISOString());
const place = fc.constantFrom(...zones);

/** The most that may lie between two, in days; a day's clocks may have been changed, or a day skipped, besides. */
const longest: Record<Exclude<Rhythm["every"], "manual">, number> = {
  ...{ hour: 1 / 24, times: 1, day: 1, weekdays: 3, week: 7, month: 31 },
};

interface Shown {
  date: string;
  time: string;
  weekday: number;
}

const fitting: { [Every in Rhythm["every"]]: (rhythm: Extract<Rhythm, { every: Every }>, shown: Shown) => boolean } = {
  manual: () => false,
  hour: ({ minute }, { time }) => Number(time.slice(3)) === minute,
  times: ({ times }, { time }) => times.includes(time),
  day: (rhythm, { time }) => time === rhythm.time,
  weekdays: (rhythm, { time, weekday }) => time === rhythm.time && weekday < 6,
  week: (rhythm, { time, weekday }) => time === rhythm.time && rhythm.days.includes(weekday),
  month: (rhythm, { time, date }) => {
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    const last = daysInMonth(year, month);
    return time === rhythm.time && day === (rhythm.day === "last" ? last : Math.min(rhythm.day, last));
  },
};

/** Does it stand in the calendar of the rhythm, as the clocks show it? */
function fits(rhythm: Rhythm, wall: string): boolean {
  const [date = "", time = ""] = wall.split("T");
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return (fitting[rhythm.every] as (rhythm: Rhythm, shown: Shown) => boolean)(rhythm, { date, time, weekday });
}

/** Whether the clocks, shortly before, were put forward: then a time that they skipped may come late. */
function hasJustJumped(timeZone: string, at: number): boolean {
  const passed = Date.parse(`${wallClock(timeZone, at)}Z`) - Date.parse(`${wallClock(timeZone, at - 26 * HOUR_MS)}Z`);
  return passed > 26 * HOUR_MS;
}

describe("whatever the rhythm, the place and the year", () => {
  test("the next run is later than now, and when the clocks show it, or right after they jumped over it", () => {
    fc.assert(
      fc.property(rhythm, place, moment, (rhythm, timeZone, after) => {
        const at = nextRunAt(only(rhythm), { after, timeZone }) ?? "";
        expect(at > after).toBe(true);
        const wall = wallClock(timeZone, Date.parse(at));
        expect(fits(rhythm, wall) || hasJustJumped(timeZone, Date.parse(at))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("no time is left out: between two there is no longer than the rhythm says", () => {
    fc.assert(
      fc.property(rhythm, place, moment, (rhythm, timeZone, after) => {
        if (rhythm.every === "manual") return;
        const [first = "", second = ""] = nextRuns(only(rhythm), { after, timeZone, count: 2 });
        const gap = millisecondsBetween(first, second);
        const clocks = rhythm.every === "hour" ? 0 : changeBetween(timeZone, first, second);
        expect(gap).toBeLessThanOrEqual(longest[rhythm.every] * DAY_MS + clocks);
      }),
      { numRuns: 1_000 },
    );
  });

  test("asked at any instant before it, the next run is the same", () => {
    fc.assert(
      fc.property(
        rhythm,
        place,
        moment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rhythm, timeZone, after, share) => {
          const at = nextRunAt(only(rhythm), { after, timeZone }) ?? "";
          const between = new Date(Date.parse(after) + Math.floor(millisecondsBetween(after, at) * share * 0.999));
          expect(nextRunAt(only(rhythm), { after: between.toISOString(), timeZone })).toBe(at);
        },
      ),
      { numRuns: 700 },
    );
  });

  test("no run falls into quiet hours", () => {
    fc.assert(
      fc.property(rhythm, place, moment, time, time, (rhythm, timeZone, after, from, until) => {
        fc.pre(from !== until);
        const schedule: RunSchedule = { rhythm, quiet: { from, until } };
        const at = nextRunAt(schedule, { after, timeZone }) ?? "";
        expect(at > after).toBe(true);
        const shown = wallClock(timeZone, Date.parse(at)).slice(11);
        const isQuiet = from < until ? shown >= from && shown < until : shown >= from || shown < until;
        // The end of the quiet hours may be a time that the clocks skip, or have shown already.
        expect(isQuiet && !isNearChange(timeZone, at)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a time of day leads to instants at which the clocks show it, but for what they skip", () => {
    fc.assert(
      fc.property(place, moment, (timeZone, instant) => {
        const at = Math.floor(Date.parse(instant) / 60_000) * 60_000;
        expect(instantsOf(timeZone, wallClock(timeZone, at))).toContain(at);
      }),
      { numRuns: 1_000 },
    );
  });
});

function changeBetween(timeZone: string, first: string, second: string): number {
  const shown = (at: string) => Date.parse(`${wallClock(timeZone, Date.parse(at))}Z`);
  return Math.abs(shown(second) - shown(first) - millisecondsBetween(first, second)) + HOUR_MS;
}

function isNearChange(timeZone: string, at: string): boolean {
  const offset = (instant: number) => Date.parse(`${wallClock(timeZone, instant)}Z`) - instant;
  return offset(Date.parse(at) - 26 * HOUR_MS) !== offset(Date.parse(at) + 26 * HOUR_MS);
}
