import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { explainGaps } from "~/features/reconciliation/gaps/explain-gaps";
import { leavesBand, normalBand } from "~/features/reconciliation/gaps/normal-band";
import { anySettings, anyShop } from "~/testing/any-shop";
import { compared, orderFindings, purchase, shopOrder } from "~/testing/given-shop";
import { HOUR_MS } from "~/platform/time";

/** An order every hour from 1 May at midnight in London on; what is tracked of each is said by `tracked`. */
function hourly(
  count: number,
  facts: (n: number) => Partial<Order>,
  tracked: (n: number) => Partial<Transaction> | null,
) {
  const createdAt = (n: number) => new Date(Date.parse("2026-04-30T23:00:00.000Z") + n * HOUR_MS).toISOString();
  const orders = Array.from({ length: count }, (_, n) => shopOrder(1000 + n, { createdAt: createdAt(n), ...facts(n) }));
  const rows = orders.flatMap(({ total }, n) => {
    const row = tracked(n);
    return row ? [purchase(1000 + n, { at: createdAt(n), value: total, ...row })] : [];
  });
  return { orders, rows };
}

const summary = (shop: ReturnType<typeof hourly>, ...channels: [string[]?]) => {
  const { missing, reasons, unseen } = explainGaps(compared(shop), ...channels);
  return {
    missing,
    unseen,
    reasons: reasons.map(({ reason, orders, amounts }) => ({ ...reason, orders: orders.length, amounts })),
  };
};

describe("why orders are missing", () => {
  test("PayPal without return: 31 of 48", () => {
    // Every fourth order is paid by PayPal, and of those 31 never come back; of the 144 others 17 are missing.
    const isPayPal = (n: number) => n % 4 === 0;
    const isMissing = (n: number) => (isPayPal(n) ? n / 4 < 31 : n % 9 === 1);
    const shop = hourly(
      192,
      (n) => (isPayPal(n) ? { paymentMethod: "PayPal", total: 7775n } : {}),
      (n) => (isMissing(n) ? null : {}),
    );
    const others = Array.from({ length: 192 }, (_, n) => n).filter((n) => !isPayPal(n) && isMissing(n)).length;
    const { missing, reasons, unseen } = summary(shop);
    expect(missing).toBe(31 + others);
    expect(reasons).toEqual([
      {
        kind: "no-return",
        paymentMethod: "PayPal",
        ofItsOrders: 48,
        orders: 31,
        amounts: [{ currency: "GBP", amount: 241025n }],
      },
      { kind: "unknown", orders: others, amounts: [{ currency: "GBP", amount: 5195n * BigInt(others) }] },
    ]);
    // What consent and blockers take is estimated on the orders that PayPal does not explain.
    expect(unseen).toMatchObject({ missing: others, of: 144, share: others / 144 });
  });

  test("a method is not blamed for what all of them suffer, nor on a handful of orders", () => {
    const everyThird = hourly(
      120,
      (n) => ({ paymentMethod: n % 4 === 0 ? "PayPal" : "card" }),
      (n) => (n % 3 === 0 ? null : {}),
    );
    expect(summary(everyThird).reasons.map(({ kind }) => kind)).toEqual(["unknown"]);
    const four = hourly(
      100,
      (n) => ({ paymentMethod: n % 25 === 0 ? "Klarna" : "card" }),
      (n) => (n % 25 === 0 ? null : {}),
    );
    expect(summary(four).reasons.map(({ kind, orders }) => [kind, orders])).toEqual([["unknown", 4]]);
  });

  test("nor for more than the others suffer, as long as that may be chance", () => {
    // 5 of 20 are missing, and of the others 10 of 100.
    const isPayPal = (n: number) => n % 6 === 0;
    const isMissing = (n: number) => (isPayPal(n) ? n < 30 : n % 6 === 1 && n % 12 === 1);
    const shop = hourly(
      120,
      (n) => ({ paymentMethod: isPayPal(n) ? "PayPal" : "card" }),
      (n) => (isMissing(n) ? null : {}),
    );
    expect(summary(shop).reasons).toMatchObject([{ kind: "unknown", orders: 15 }]);
  });

  test("no browser was involved", () => {
    const shop = hourly(
      60,
      (n) => (n % 6 === 0 ? { channel: "renewal" } : {}),
      (n) => (n % 6 === 0 ? null : {}),
    );
    expect(summary(shop).reasons).toMatchObject([{ kind: "no-browser", channel: "renewal", orders: 10 }]);
    expect(summary(shop).unseen).toMatchObject({ missing: 0, of: 50, share: 0 });
    expect(summary(shop, []).reasons).toMatchObject([{ kind: "unknown", orders: 10 }]);
  });

  test("the tag was out for hours", () => {
    const shop = hourly(
      96,
      () => ({}),
      (n) => ((n >= 50 && n < 57) || n === 20 ? null : {}),
    );
    expect(summary(shop).reasons).toMatchObject([
      { kind: "tag-outage", from: "2026-05-03T01:00:00.000Z", to: "2026-05-03T07:00:00.000Z", orders: 7 },
      { kind: "unknown", orders: 1 },
    ]);
  });

  test("it was not out while anything at all was tracked", () => {
    const shop = hourly(
      96,
      () => ({}),
      (n) => (n >= 50 && n < 57 ? null : {}),
    );
    const stray = purchase(1, { transactionId: "T-1", at: "2026-05-03T04:30:00.000Z" });
    expect(summary({ ...shop, rows: [...shop.rows, stray] }).reasons.map(({ kind }) => kind)).toEqual(["unknown"]);
  });

  test("a shop of which half is always missing has no outage in every quiet afternoon", () => {
    const shop = hourly(
      96,
      () => ({}),
      (n) => (n % 2 === 0 || (n >= 50 && n < 56) ? null : {}),
    );
    expect(summary(shop).reasons.map(({ kind }) => kind)).toEqual(["unknown"]);
  });

  test("the ids were written in another way from a day on, in the middle of the day before", () => {
    const other = (n: number) => ({ transactionId: `hash-${n * 7919}`, value: 1n });
    const shop = hourly(
      144,
      () => ({}),
      (n) => (n >= 60 ? other(n) : n === 10 ? null : {}),
    );
    expect(summary(shop).reasons).toMatchObject([
      { kind: "id-rule-changed", firstDay: "2026-05-03", lastDay: "2026-05-06", orders: 84 },
      { kind: "unknown", orders: 1 },
    ]);
    const none = hourly(
      144,
      () => ({}),
      (n) => (n >= 72 ? { transactionId: "(not set)" } : {}),
    );
    expect(summary(none).reasons).toMatchObject([
      { kind: "id-rule-changed", firstDay: "2026-05-04", lastDay: "2026-05-06", orders: 72 },
    ]);
  });

  test("the most orders come first, then the most money", () => {
    const facts = (n: number) => ({ channel: ["pos", "phone", "draft"][n % 3]!, total: n % 3 === 1 ? 900n : 100n });
    const reasons = summary(hourly(30, facts, () => null)).reasons.map(
      (reason) => reason.kind === "no-browser" && reason.channel,
    );
    expect(reasons).toEqual(["phone", "draft", "pos"]);
  });

  test("each missing order has one reason, and no other order has any", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const comparison = compared(shop, settings);
        const missing = orderFindings(comparison).flatMap(({ bucket }, order) => (bucket === "missing" ? [order] : []));
        const explained = explainGaps(comparison);
        expect(explained.reasons.flatMap(({ orders }) => orders).sort((a, b) => a - b)).toEqual(missing);
        expect(explained.missing).toBe(missing.length);
      }),
    );
  });
});

describe("the band in which a shop's gap usually lies", () => {
  const days = (...missing: number[]) =>
    missing.map((count, n) => ({ day: `2026-05-${String(n + 1).padStart(2, "0")}`, missing: count, of: 100 }));

  test("is the median and three median deviations around it", () => {
    const band = normalBand(days(5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5, 6, 7, 8))!;
    expect(band.days).toBe(14);
    expect([band.median, band.deviation, band.low, band.high].map((share) => Number(share.toFixed(4)))).toEqual([
      0.07, 0.01, 0.04, 0.1,
    ]);
    expect([3, 4, 10, 11].map((missing) => leavesBand(band, { missing, of: 100 }))).toEqual([true, false, false, true]);
    expect(leavesBand(band, { missing: 0, of: 0 })).toBe(false);
  });

  test("is known from fourteen days with orders on, and looks at the last 28", () => {
    expect(normalBand(days(...Array<number>(13).fill(5)))).toBeNull();
    expect(normalBand([...days(...Array<number>(13).fill(5)), { day: "2026-05-14", missing: 0, of: 0 }])).toBeNull();
    const band = normalBand(days(90, 90, 90, ...Array<number>(28).fill(5)).toReversed());
    expect(band).toMatchObject({ median: 0.05, deviation: 0, days: 28 });
  });
});
