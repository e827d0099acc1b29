import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Calendar, dateOfDay, dayOfDate } from "~/features/reconciliation/columns/calendar";
import { KeyTable } from "~/features/reconciliation/columns/key-table";
import { TextColumn } from "~/features/reconciliation/columns/text-column";
import { dateIn, HOUR_MS } from "~/platform/time";
import { compared, purchase, shopOrder } from "~/testing/given-shop";

describe("a column of texts", () => {
  test("gives back what was put in, over pages and empty ones", () => {
    const column = new TextColumn();
    const long = "é".repeat(300_000);
    const texts = ["", "Ngozi", "", long, "a", long, long, "", "z".repeat((1 << 20) - 600_000), "", "", "last"];
    for (const text of texts) column.appendText(text);
    expect(texts.map((_, number) => column.text(number) === texts[number])).toEqual(texts.map(() => true));
    const full = new TextColumn();
    for (const text of ["x".repeat(1 << 20), "", "y"]) full.appendText(text);
    expect([full.text(1), full.text(2)]).toEqual(["", "y"]);
    expect(() => full.appendText("x".repeat((1 << 20) + 1))).toThrow(RangeError);
  });

  test("compares as bytes do", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 4 }), { minLength: 2, maxLength: 2 }), (texts) => {
        const column = new TextColumn();
        for (const text of texts) column.appendText(text);
        expect(Math.sign(column.compare(0, 1))).toBe(Buffer.compare(Buffer.from(texts[0]!), Buffer.from(texts[1]!)));
      }),
    );
  });

  test("writes numbers as digits", () => {
    const column = new TextColumn();
    for (const number of [0, 7, 10, 4_507_894_690_000]) column.appendCount(number);
    expect([0, 1, 2, 3].map((number) => column.text(number))).toEqual(["0", "7", "10", "4507894690000"]);
  });
});

test("a table gives each text one number, however many there are", () => {
  const table = new KeyTable();
  const texts = Array.from({ length: 50_000 }, (_, n) => `#${(n * 7919) % 30_000}`);
  const numbers = texts.map((text) => table.internText(text));
  const known = new Map(texts.map((text, at) => [text, numbers[at]]));
  expect(table.size).toBe(known.size);
  expect(texts.every((text, at) => known.get(text) === numbers[at] && table.find(text) === numbers[at])).toBe(true);
  expect(numbers.every((number, at) => table.text(number) === texts[at])).toBe(true);
  expect(table.find("#30001")).toBe(-1);
});

describe("a calendar", () => {
  test.each(["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "UTC"])(
    "knows every hour of %s as the zone's own does",
    (zone) => {
      const calendar = new Calendar(zone);
      // The end of 2011 with the day that Samoa skipped, and a whole year with both changes of the clocks.
      const spans = [
        ["2011-12-28", 5],
        ["2026-03-01", 260],
      ] as const;
      for (const [date, days] of spans) {
        for (let hour = 0; hour < days * 24; hour++) {
          const ms = Date.parse(`${date}T00:00:00Z`) + hour * HOUR_MS;
          const day = calendar.dayAt(ms);
          if (dateOfDay(day) !== dateIn(zone, new Date(ms).toISOString()))
            throw new Error(`${new Date(ms).toISOString()}`);
        }
      }
    },
  );

  test("counts days from 1970", () => {
    expect([dayOfDate("1970-01-01"), dayOfDate("2026-05-12"), dateOfDay(20_585)]).toEqual([0, 20_585, "2026-05-12"]);
  });
});

describe("what cannot be compared", () => {
  test("is refused, not rounded", () => {
    const one = (facts: object) => () => compared({ orders: [shopOrder(1001, facts)], rows: [] });
    expect(one({ total: 2n ** 53n })).toThrow(RangeError);
    expect(one({ currency: "GBX" })).toThrow(RangeError);
    expect(one({ createdAt: "yesterday" })).toThrow(RangeError);
    expect(one({ total: 2n ** 53n - 1n, tax: -(2n ** 53n) + 1n })).not.toThrow();
    const row = (facts: object) => () => compared({ orders: [], rows: [purchase(1001, facts)] });
    expect(row({ value: -(2n ** 53n) })).toThrow(RangeError);
    expect(row({ currency: "" })).toThrow(RangeError);
    expect(row({ at: "" })).toThrow(RangeError);
    for (const events of [0, -1, 1.5, 10_001]) expect(row({ events })).toThrow(RangeError);
  });
});
