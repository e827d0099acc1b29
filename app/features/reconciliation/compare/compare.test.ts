import { describe, expect, test } from "vitest";
import { type Settings } from "~/features/reconciliation/compare/settings";
import { type IdRules } from "~/features/reconciliation/columns/books";
import { compared, orderFindings, purchase, rowFindings, type Shop, shopOrder } from "~/testing/given-shop";

/** The single order and the single row of a comparison. */
function only(shop: Shop, settings?: Partial<Settings>, idRules?: IdRules) {
  const comparison = compared(shop, settings, idRules);
  return { order: orderFindings(comparison)[0]!, row: rowFindings(comparison)[0] };
}

const one = (facts = {}, row = {}): Shop => ({ orders: [shopOrder(1001, facts)], rows: [purchase(1001, row)] });

describe("where an order comes to lie", () => {
  test("matched, to the penny", () => {
    const { order, row } = only(one());
    expect(order).toMatchObject({
      bucket: "matched",
      agreement: "exact",
      cause: "none",
      rowId: "row-1001",
      lateMinutes: 0,
    });
    expect(order).toMatchObject({ keyType: "name", duplicates: 0, day: "2026-05-12", amountMinor: 5195n });
    expect(row).toMatchObject({ bucket: "primary", orderId: "gid://shopify/Order/4507894691001", keyType: "name" });
  });

  test("mismatched in value", () => {
    const { order, row } = only(one({}, { value: 5000n }));
    expect(order).toMatchObject({ bucket: "value-mismatch", agreement: "none", cause: "unknown" });
    expect(row?.bucket).toBe("primary");
  });

  test("mismatched in currency, though the number is the same", () => {
    const { order } = only(one({}, { currency: "EUR" }));
    expect(order).toMatchObject({ bucket: "currency-mismatch", cause: "other-label" });
  });

  test("ambiguous, where two orders have one number", () => {
    const orders = [shopOrder(1001), shopOrder(1002, { aliases: [{ type: "name", value: "#1001" }] })];
    const comparison = compared({ orders, rows: [purchase(1001)] });
    expect(orderFindings(comparison).map(({ bucket }) => bucket)).toEqual(["ambiguous", "ambiguous"]);
    expect(rowFindings(comparison)[0]).toMatchObject({ bucket: "ambiguous", orderId: null });
  });

  test("pending, while its hit may still come", () => {
    const missing: Shop = { orders: [shopOrder(1001)], rows: [] };
    expect(only(missing, { now: "2026-05-15T10:14:59.999Z" }).order.bucket).toBe("pending");
    expect(only(missing, { now: "2026-05-15T10:15:00.000Z" }).order.bucket).toBe("missing");
  });

  test("unverifiable, where analytics told only a part of its day", () => {
    const missing: Shop = { orders: [shopOrder(1001)], rows: [] };
    expect(only(missing, { incompleteDays: ["2026-05-12"] }).order.bucket).toBe("unverifiable");
    expect(only(missing, { incompleteDays: ["2026-05-11"] }).order.bucket).toBe("missing");
  });

  test("missing", () => {
    expect(only({ orders: [shopOrder(1001)], rows: [] }).order).toMatchObject({ bucket: "missing", rowId: null });
  });
});

describe("orders that take no part", () => {
  const reasons: [string, object, Partial<Settings>][] = [
    ["test", { standing: "test" }, {}],
    ["not-paid", { standing: "not-paid" }, {}],
    ["cancelled-before-capture", { standing: "cancelled-before-capture" }, {}],
    ["channel-not-tracked", { channel: "pos" }, { untrackedChannels: ["pos", "draft"] }],
    ["zero-value", { total: 0n, tax: 0n, shipping: 0n }, { leavesOutZero: true }],
  ];

  test.each(reasons)("%s: its hit is explained by it", (exclusion, facts, settings) => {
    const { order, row } = only(one(facts), settings);
    expect(order).toMatchObject({ bucket: "excluded", exclusion });
    expect(row?.bucket).toBe("excluded-order-hit");
  });

  test("outside the window, by the day of the property", () => {
    // Half past eleven at night in London on 31 May is after midnight in Berlin.
    const late = one({ createdAt: "2026-05-31T22:30:00.000Z" }, { at: "2026-05-31T22:30:30.000Z" });
    expect(only(late).order).toMatchObject({ bucket: "matched", day: "2026-05-31" });
    const { order, row } = only(late, { timeZone: "Europe/Berlin" });
    expect(order).toMatchObject({ bucket: "excluded", exclusion: "outside-window", day: "2026-06-01" });
    expect(row?.bucket).toBe("out-of-window-hit");
  });

  test("a free or negative order takes part unless it is left out", () => {
    expect(only(one({ total: 0n }, { value: 0n })).order.bucket).toBe("matched");
    expect(only(one({ total: -500n }, { value: -500n }), { leavesOutZero: true }).order.bucket).toBe("matched");
  });
});

describe("where a row comes to lie", () => {
  test("a reloaded page is a duplicate, with the value it came with", () => {
    const rows = [
      purchase(1001, { id: "b", at: "2026-05-12T10:20:00.000Z" }),
      purchase(1001, { id: "a" }),
      purchase(1001, { id: "c", at: "2026-05-12T10:25:00.000Z", value: 1n }),
    ];
    const comparison = compared({ orders: [shopOrder(1001)], rows });
    expect(orderFindings(comparison)[0]).toMatchObject({ bucket: "matched", rowId: "a", duplicates: 2 });
    expect(orderFindings(comparison)[0]?.flags.duplicated).toBe(true);
    expect(rowFindings(comparison).map(({ bucket, flags }) => [bucket, flags.sameValue])).toEqual([
      ["duplicate", true],
      ["primary", false],
      ["duplicate", false],
    ]);
  });

  test("of hits at one moment the closest in value counts, then the smallest id", () => {
    const rows = [purchase(1001, { id: "b", value: 9n }), purchase(1001, { id: "c" }), purchase(1001, { id: "a2" })];
    expect(orderFindings(compared({ orders: [shopOrder(1001)], rows }))[0]?.rowId).toBe("a2");
    const euros = [purchase(1001, { id: "a", currency: "EUR" }), purchase(1001, { id: "b", value: 9n })];
    expect(orderFindings(compared({ orders: [shopOrder(1001)], rows: euros }))[0]?.rowId).toBe("b");
  });

  test("a day's row of two events is the counted hit and a duplicate, each with its share", () => {
    const rows = [purchase(1001, { at: "2026-05-12", value: 10391n, events: 2 })];
    const found = rowFindings(compared({ orders: [shopOrder(1001)], rows }));
    expect(found.map(({ bucket, valueMinor }) => [bucket, valueMinor])).toEqual([
      ["duplicate", 5196n],
      ["primary", 5195n],
    ]);
  });

  const unusable: string[] = ["", "(not set)", "(other)", "undefined", "1.23E+15", "1001.0"];
  test.each(unusable)("the id “%s” is unusable, and the order missing", (transactionId) => {
    const { order, row } = only(one({}, { transactionId }));
    expect(order.bucket).toBe("missing");
    expect(row?.bucket).toBe("unusable-id");
  });

  test("unexpected, where no order goes by its id", () => {
    expect(only(one({}, { transactionId: "2001" })).row).toMatchObject({ bucket: "unexpected", orderId: null });
  });
});

describe("what a mismatch is equal to", () => {
  const parts = { discount: 500n, giftCard: 1000n, refund: 1200n, lines: 3 };
  test.each([
    ["tax", 5195n - 800n],
    ["tax", 5195n + 800n],
    ["shipping", 5195n - 395n],
    ["tax-and-shipping", 5195n - 1195n],
    ["discount", 5195n + 500n],
    ["gift-card", 5195n - 1000n],
    ["refund", 5195n - 1200n],
    ["hundredfold", 519500n],
    ["sign", -5195n],
    ["rounding", 5193n],
    ["unknown", 5191n],
    ["unknown", 5195n - 801n],
  ])("%s, of %s pence", (cause, value) => {
    expect(only(one(parts, { value })).order).toMatchObject({ bucket: "value-mismatch", cause });
  });

  test("a hundredth, where pounds were taken for pence", () => {
    expect(only(one({ total: 5200n }, { value: 52n })).order.cause).toBe("hundredth");
  });

  test("an exchange rate, where most of what nothing else explains has one ratio", () => {
    const orders = Array.from({ length: 6 }, (_, n) => shopOrder(1001 + n, { total: BigInt(4000 + 731 * n) }));
    const rows = orders.map(({ total }, n) =>
      purchase(1001 + n, { value: n === 5 ? 77n : (total * BigInt(1170 + n)) / 1000n }),
    );
    const found = orderFindings(compared({ orders, rows })).map(({ cause }) => cause);
    expect(found).toEqual([...Array<string>(5).fill("exchange-rate"), "unknown"]);
    const few = orderFindings(compared({ orders: orders.slice(0, 4), rows: rows.slice(0, 4) }));
    expect(few.map(({ cause }) => cause)).toEqual(Array(4).fill("unknown"));
    // Where most lie elsewhere, each at a ratio of its own, five together are chance.
    const others = Array.from({ length: 6 }, (_, n) => shopOrder(2001 + n, { total: 1000n }));
    const rowsOfOthers = others.map((_, n) => purchase(2001 + n, { value: BigInt(1300 + 107 * n) }));
    const mixed = compared({
      orders: [...orders.slice(0, 5), ...others],
      rows: [...rows.slice(0, 5), ...rowsOfOthers],
    });
    expect(new Set(orderFindings(mixed).map(({ cause }) => cause))).toEqual(new Set(["unknown"]));
  });

  test("an exchange rate between two currencies, where euros stand for pounds", () => {
    const orders = Array.from({ length: 5 }, (_, n) => shopOrder(1001 + n, { total: BigInt(4000 + 731 * n) }));
    const rows = orders.map(({ total }, n) => purchase(1001 + n, { currency: "EUR", value: (total * 117n) / 100n }));
    for (const { bucket, cause } of orderFindings(compared({ orders, rows }))) {
      expect([bucket, cause]).toEqual(["currency-mismatch", "exchange-rate"]);
    }
  });
});

describe("a tolerance", () => {
  test("says what made a value match, and takes nothing from the difference", () => {
    const penny = one({}, { value: 5200n });
    expect(only(penny, { tolerance: { absoluteMinor: 5, basisPoints: 0 } }).order).toMatchObject({
      bucket: "matched",
      agreement: "absolute",
    });
    expect(only(penny, { tolerance: { absoluteMinor: 4, basisPoints: 10 } }).order.agreement).toBe("relative");
    expect(only(penny, { tolerance: { absoluteMinor: 4, basisPoints: 9 } }).order.bucket).toBe("value-mismatch");
  });

  test("is exact for amounts whose hundredths of per cents are beyond a number", () => {
    const total = 9_007_199_254_740_000n;
    const rupiah = (value: bigint): Shop => one({ currency: "IDR", total }, { currency: "IDR", value });
    const tolerance = { absoluteMinor: 0, basisPoints: 1 };
    expect(only(rupiah(total - 900_719_925_474n), { tolerance }).order.agreement).toBe("relative");
    expect(only(rupiah(total - 900_719_925_475n), { tolerance }).order.agreement).toBe("none");
  });
});

describe("flags", () => {
  test("the other day on which it was tracked, and how late", () => {
    const { order } = only(one({ createdAt: "2026-05-12T22:50:00.000Z" }, { at: "2026-05-13T01:05:00.000Z" }));
    expect(order).toMatchObject({ bucket: "matched", lateMinutes: 135, flags: { dayShift: true } });
    expect(only(one()).order.flags.dayShift).toBe(false);
  });

  test("a later refund, a rounded value, no time of day", () => {
    expect(only(one({ refund: 5195n })).order).toMatchObject({ bucket: "matched", flags: { refundedLater: true } });
    expect(only(one({}, { isRounded: true })).order.flags.rounded).toBe(true);
    expect(only(one({}, { at: "2026-05-12" })).order).toMatchObject({ lateMinutes: null, flags: { dayShift: false } });
  });

  test("a look-alike, which stays missing", () => {
    const twin = one({}, { transactionId: "T-77", at: "2026-05-12T10:45:00.000Z" });
    const comparison = compared(twin);
    expect(comparison.lookAlikes).toEqual([{ order: 0, row: 0 }]);
    expect(orderFindings(comparison)[0]).toMatchObject({ bucket: "missing", flags: { lookAlike: true } });
    expect(rowFindings(comparison)[0]).toMatchObject({ bucket: "unexpected", flags: { lookAlike: true } });
    const tooLate = one({}, { transactionId: "T-77", at: "2026-05-12T10:45:00.001Z" });
    expect(compared(tooLate).lookAlikes).toEqual([]);
    const second = { orders: [...twin.orders, shopOrder(1002)], rows: twin.rows };
    expect(compared(second).lookAlikes).toEqual([]);
  });
});
