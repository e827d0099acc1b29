/** Amounts, times and standings as shops write them: read in one way only, or not at all. */
import { describe, expect, test } from "vitest";
import { type MappedRow } from "~/features/pipeline/subject";
import { orderReader } from "~/features/reconciliation/records/order-reader";
import { readAmount } from "~/features/reconciliation/records/read-amount";
import { readStanding } from "~/features/reconciliation/records/read-standing";
import { readDay, readTime } from "~/features/reconciliation/records/read-time";
import { transactionReader } from "~/features/reconciliation/records/transaction-reader";

/** The smallest units, or why not. */
function read(text: string, currency = "EUR", decimalMark: "." | "," | null = null, rounds = false) {
  const amount = readAmount(text, { currency, decimalMark, rounds });
  return amount.ok ? amount.minor : amount.why;
}

describe("an amount", () => {
  test.each([
    ["119", 11_900n],
    ["119.5", 11_950n],
    ["-0.07", -7n],
    [".50", 50n],
    ["12,50", 1_250n],
    ["1,234.50", 123_450n],
    ["1.234,50", 123_450n],
    ["1 234,50", 123_450n],
    ["1,234,567", 123_456_700n],
    ["EUR 12.50", 1_250n],
    ["12.50 eur", 1_250n],
    ["12.5000", 1_250n],
  ])("of %s euros is read", (text, minor) => {
    expect(read(text)).toBe(minor);
  });

  test.each([
    ["1,234", "ambiguous-amount"],
    ["1.234", "ambiguous-amount"],
    ["-1.234", "ambiguous-amount"],
    ["12.345678", "too-many-decimals"],
    ["12,34,5", "not-an-amount"],
    ["1.23.456,00", "not-an-amount"],
    ["twelve", "not-an-amount"],
    [".", "not-an-amount"],
    ["12.50 GBP", "not-an-amount"],
    ["99999999999999999999", "too-large"],
  ])("of %s euros is refused: %s", (text, why) => {
    expect(read(text)).toBe(why);
  });

  test("is no longer in doubt once somebody has said what stands before the decimals", () => {
    expect(read("1,234", "EUR", ".")).toBe(123_400n);
    expect(read("1.234", "EUR", ",")).toBe(123_400n);
    expect(read("1.234", "EUR", ".")).toBe("too-many-decimals");
  });

  test("has the decimals of its currency", () => {
    expect(read("1200.00", "JPY")).toBe(1_200n);
    expect(read("12.50", "JPY")).toBe("too-many-decimals");
    expect(read("1.234", "KWD")).toBe(1_234n);
  });

  test("that analytics has reckoned with is rounded half to even", () => {
    expect(read("12.345", "EUR", ".", true)).toBe(1_234n);
    expect(read("12.3450001", "EUR", ".", true)).toBe(1_235n);
  });
});

describe("a time", () => {
  const instant = (text: string, timeZone = "Europe/Berlin") => readTime(text, timeZone)?.instant ?? null;

  test("with a zone is that instant", () => {
    expect(instant("2026-03-29 14:05:00 +0200")).toBe("2026-03-29T12:05:00.000Z");
    expect(instant("2026-03-29T14:05:00.250Z")).toBe("2026-03-29T14:05:00.250Z");
    expect(instant("2026-03-29 14:05:00 UTC")).toBe("2026-03-29T14:05:00.000Z");
  });

  test("without one is the account's, also where clocks are put back over it", () => {
    expect(readTime("2026-01-05 14:05", "Europe/Berlin")).toEqual({
      ...{ instant: "2026-01-05T13:05:00.000Z", isLocal: true, isDayOnly: false },
    });
    expect(instant("2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z");
  });

  test("of a day only is its start", () => {
    expect(readTime("2026-07-01", "Europe/Berlin")).toMatchObject({
      instant: "2026-06-30T22:00:00.000Z",
      isDayOnly: true,
    });
  });

  test.each([
    "29/03/2026",
    "03/29/2026 10:00",
    "2026-02-30",
    "2026-03-29T24:10:00Z",
    "2026-03-29T10:60:00Z",
    "yesterday",
  ])("such as %s is none", (text) => {
    expect(instant(text)).toBeNull();
  });

  test("as analytics writes days", () => {
    expect([readDay("20260329"), readDay("2026-03-29"), readDay("20260230")]).toEqual([
      "2026-03-29",
      "2026-03-29",
      null,
    ]);
  });
});

test("a standing is told by the words of Shopify, WooCommerce and our own", () => {
  const words = ["paid", "partially_refunded", "wc-processing", "not-paid", "PENDING", "voided", "test", "shipped"];
  expect(words.map(readStanding)).toEqual([
    ...["sale", "sale", "sale", "not-paid", "not-paid", "cancelled-before-capture", "test", null],
  ]);
});

function row(cells: Record<string, string>): MappedRow {
  return new Map(Object.entries(cells).map(([field, text], index) => [field, [{ column: field, text, index }]]));
}

const kettle = { id: "5001", number: "#1001", placedAt: "2026-03-01T10:00:00Z", currency: "EUR", total: "119.00" };

describe("an order", () => {
  const reader = orderReader({ phoneCountry: "DE", timeZone: "Europe/Berlin" });

  test("says what its row says, and nothing of what it does not", () => {
    expect(reader.validate(row(kettle))).toEqual([]);
    expect(reader.normalise(row({ ...kettle, refunded: "0" }))).toEqual({
      ...{ name: "5001", shop: null, isFurtherLine: false, remarks: [] },
      facts: {
        ...{ number: "#1001", placed_at: "2026-03-01T10:00:00.000Z", currency: "EUR", standing: "sale" },
        ...{ total_minor: "11900", refunded_minor: "0" },
      },
    });
  });

  test("with an alias that a spreadsheet has damaged comes without it, and that is told", () => {
    const canonical = reader.normalise(row({ ...kettle, paymentRef: "1.23E+15" }));
    expect(canonical).toMatchObject({ remarks: ["damaged-id"] });
    expect(canonical.facts).not.toHaveProperty("payment_ref");
  });

  test("with nothing but a damaged ID is refused", () => {
    const { id: _, number: __, ...rest } = kettle;
    expect(reader.validate(row({ ...rest, id: "1.23E+15" })).map(({ rule }) => rule)).toEqual(["damaged-id"]);
  });

  test("goes on in rows that say only its number", () => {
    const more = row({ number: "#1001" });
    expect(reader.validate(more)).toEqual([]);
    expect(reader.normalise(more)).toMatchObject({ name: "#1001", isFurtherLine: true, facts: { number: "#1001" } });
  });

  const wrongs: [Record<string, string>, string][] = [
    [{ currency: "XYZ" }, "unknown-currency"],
    [{ currency: "" }, "no-currency"],
    [{ total: "" }, "no-total"],
    [{ total: "1,234" }, "ambiguous-amount"],
    [{ placedAt: "01/03/2026" }, "unreadable-time"],
    [{ standing: "shipped" }, "unknown-standing"],
    [{ lines: "several" }, "not-a-count"],
  ];
  test.each(wrongs)("with %o is refused: %s", (wrong, rule) => {
    const refusals = reader.validate(row({ ...kettle, ...wrong }));
    expect(refusals.map((refusal) => refusal.rule)).toEqual([rule]);
  });
});

describe("a transaction", () => {
  const reader = transactionReader({ phoneCountry: "DE", timeZone: "Europe/Berlin" });
  const tracked = { transactionId: "#1001", day: "20260301", value: "119.00", currency: "EUR" };

  test("is known by its day, its ID and its currency", () => {
    expect(reader.normalise(row(tracked))).toEqual({
      ...{ name: "2026-03-01 #1001 EUR", shop: null, isFurtherLine: false, remarks: [] },
      facts: {
        ...{ transaction_id: "#1001", day: "2026-03-01", currency: "EUR", value_minor: "11900" },
        ...{ is_rounded: 0, event_count: 1 },
      },
    });
  });

  test("of an instant lies on the account's day", () => {
    const { day: _, ...rest } = tracked;
    expect(reader.normalise(row({ ...rest, at: "2026-03-01T23:30:00Z" }))).toMatchObject({
      ...{ name: "2026-03-01T23:30:00.000Z #1001 EUR", facts: { day: "2026-03-02", at: "2026-03-01T23:30:00.000Z" } },
    });
  });

  test("without an ID is one, too", () => {
    const empty = row({ ...tracked, transactionId: "" });
    expect(reader.validate(empty)).toEqual([]);
    expect(reader.normalise(empty)).toMatchObject({ facts: { transaction_id: "" } });
  });

  test("with a damaged ID is kept as it came, and that is told", () => {
    const damaged = reader.normalise(row({ ...tracked, transactionId: "1.23E+15" }));
    expect(damaged).toMatchObject({ facts: { transaction_id: "1.23E+15" }, remarks: ["damaged-id"] });
  });
});
