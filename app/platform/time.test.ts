import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  anniversary,
  DAY_MS,
  dateIn,
  daysBetween,
  formatDate,
  formatDuration,
  formatInstant,
  formatRelative,
  formatShortDate,
  HOUR_MS,
  isDate,
  isInstant,
  isTimeZone,
  later,
  millisecondsBetween,
  MINUTE_MS,
  parseDate,
  startOfDay,
} from "~/platform/time";

const london = { timeZone: "Europe/London", locale: "en-GB" };
const instants = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((d) => d.toISOString());
const dates = instants.map((instant) => instant.slice(0, 10));
const timeZones = fc.constantFrom(
  "UTC",
  "Europe/London",
  "Asia/Kolkata",
  "America/St_Johns",
  "Pacific/Kiritimati",
  "America/Sao_Paulo",
);

describe("plain dates", () => {
  test.each(["2024-02-29", "2000-02-29", "2026-12-31"])("%s is a date", (text) => expect(isDate(text)).toBe(true));

  test.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "29.02.2024",
    "",
    "0000-01-01",
  ])("%j is not a date", (text) => expect(parseDate(text)).toBeNull());

  test("every day the calendar has is accepted", () => {
    fc.assert(fc.property(dates, (date) => isDate(date)));
  });

  test("days added and counted agree", () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: -40_000, max: 40_000 }),
        (date, days) => daysBetween(date, addDays(date, days)) === days,
      ),
    );
  });

  test("months end where their days end", () => {
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
    fc.assert(
      fc.property(dates, fc.integer({ min: -500, max: 500 }), (date, months) => isDate(addMonths(date, months))),
    );
  });

  test("who was born on 29 February has a birthday each year", () => {
    expect(anniversary("1984-02-29", 2026)).toBe("2026-02-28");
    expect(anniversary("1984-02-29", 2028)).toBe("2028-02-29");
  });

  test("counting from what is no date is an error", () => {
    expect(() => addDays("2026-02-29", 1)).toThrow(RangeError);
    expect(() => daysBetween("2026-01-01", "soon")).toThrow(RangeError);
  });
});

describe("instants", () => {
  test("are written in one way only", () => {
    expect(isInstant("2026-05-03T14:10:00.000Z")).toBe(true);
    for (const text of [
      "2026-05-03T14:10:00Z",
      "2026-05-03T14:10:00.000+00:00",
      "2026-02-30T00:00:00.000Z",
      "2026-05-03",
    ]) {
      expect(isInstant(text)).toBe(false);
    }
  });

  test("move and measure alike", () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: -1e11, max: 1e11 }),
        (at, ms) => millisecondsBetween(at, later(at, ms)) === ms,
      ),
    );
  });

  test("fall on a day that begins before them and ends after them, in every zone", () => {
    fc.assert(
      fc.property(instants, timeZones, (instant, zone) => {
        const day = dateIn(zone, instant);
        return startOfDay(zone, day) <= instant && instant < startOfDay(zone, addDays(day, 1));
      }),
      { numRuns: 40 },
    );
  });

  test("the days on which clocks change have 23 and 25 hours; a skipped midnight is passed over", () => {
    const hours = (zone: string, date: string) =>
      millisecondsBetween(startOfDay(zone, date), startOfDay(zone, addDays(date, 1))) / HOUR_MS;
    expect(hours("Europe/London", "2026-03-29")).toBe(23);
    expect(hours("Europe/London", "2026-10-25")).toBe(25);
    expect(startOfDay("America/Sao_Paulo", "2018-11-04")).toBe("2018-11-04T03:00:00.000Z");
  });
});

describe("zones", () => {
  test("are known by their IANA names", () => {
    expect(isTimeZone("Europe/London")).toBe(true);
    expect(isTimeZone("UTC")).toBe(true);
    for (const zone of ["Europe/Londonium", "", "+01:00", "'; drop table"]) expect(isTimeZone(zone)).toBe(false);
  });
});

describe("what is shown", () => {
  test("a date spells its month, in the language of the place", () => {
    expect(formatDate(london, "2026-05-03")).toBe("3 May 2026");
    expect(formatDate({ ...london, locale: "de-DE" }, "2026-05-03")).toBe("3. Mai 2026");
    expect(formatDate(london, "2024-02-29")).toBe("29 February 2024");
    expect(formatShortDate(london, "2024-02-29")).toBe("29 Feb 2024");
  });

  test("an instant falls on the day and hour of the place", () => {
    expect(formatInstant(london, "2026-05-03T23:10:00.000Z")).toBe("4 May 2026, 00:10");
    expect(formatInstant({ timeZone: "America/New_York", locale: "en-GB" }, "2026-05-03T02:10:00.000Z")).toBe(
      "2 May 2026, 22:10",
    );
  });

  test("a plain date is the same everywhere", () => {
    fc.assert(
      fc.property(
        dates,
        timeZones,
        (date, timeZone) => formatDate({ timeZone, locale: "en-GB" }, date) === formatDate(london, date),
      ),
    );
  });

  test.each([
    [-2 * HOUR_MS, "2 hours ago"],
    [-DAY_MS, "yesterday"],
    [3 * DAY_MS, "in 3 days"],
    [-400 * DAY_MS, "last year"],
    [-90 * MINUTE_MS, "1 hour ago"],
    [0, "now"],
  ])("%i ms away is %s", (distance, words) => {
    const now = "2026-05-03T12:00:00.000Z";
    expect(formatRelative("en-GB", later(now, distance), now)).toBe(words);
  });

  test.each([
    [900, "less than a second"],
    [130_000, "2 min 10 s"],
    [3 * HOUR_MS + 4 * MINUTE_MS, "3 h 4 min"],
  ])("%i ms last %s", (ms, words) => expect(formatDuration(ms)).toBe(words));
});
