import fc from "fast-check";
import { expect, test } from "vitest";
import { comingDays, nextBirthday } from "~/features/contacts/home/coming-birthdays";
import { addDays, daysBetween } from "~/platform/time";

test.each([
  ["1958-03-14", "2026-03-14", { on: "2026-03-14", turns: 68 }],
  ["1958-03-14", "2026-03-15", { on: "2027-03-14", turns: 69 }],
  ["--01-02", "2026-12-30", { on: "2027-01-02", turns: null }],
  ["1960-02-29", "2027-02-01", { on: "2027-02-28", turns: 67 }],
  ["1960-02-29", "2028-02-01", { on: "2028-02-29", turns: 68 }],
])("a birthday on %s is, seen from %s, next kept on %j", (birthday, today, expected) => {
  expect(nextBirthday(birthday, today)).toEqual(expected);
});

test("what is no date has no birthday", () => {
  expect(nextBirthday("--02-30", "2026-02-01")).toBeNull();
});

test("the days to look for are exactly those of the birthdays that are kept in that time", () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1990-01-01", days));
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 40 }), (birthday, today, days) => {
      const next = nextBirthday(birthday, today);
      const isKept = next !== null && daysBetween(today, next.on) < days;
      expect(comingDays(today, days).includes(birthday.slice(5))).toBe(isKept);
    }),
  );
});
