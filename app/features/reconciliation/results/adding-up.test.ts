/** Whatever a shop sold and its analytics tracked: what the pages of a result show adds up. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dimensions } from "~/features/reconciliation/figures/breakdown";
import { figuresOf } from "~/features/reconciliation/figures/kept-figures";
import { daysOf, settledOf, trendOf } from "~/features/reconciliation/figures/trend";
import { explainGaps } from "~/features/reconciliation/gaps/explain-gaps";
import { breakdownSums, totalsOf } from "~/features/reconciliation/results/breakdown-lines";
import { eligibleOrders, orderLines, rowLines } from "~/features/reconciliation/results/bucket-amounts";
import { intervalText, rateText } from "~/features/reconciliation/results/rate-text";
import { anySettings, anyShop } from "~/testing/any-shop";
import { compared, purchase, shopOrder } from "~/testing/given-shop";

type Shop = Parameters<typeof compared>[0];

function results(shop: Shop, settings: Parameters<typeof compared>[1] = {}) {
  const comparison = compared(shop, settings);
  const figures = figuresOf(comparison, { gaps: explainGaps(comparison), shares: [] });
  return { figures, trend: trendOf(comparison) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe("of any shop", () => {
  test("each breakdown adds up to all that takes part, in number and in money", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const { figures } = results(shop, settings);
        for (const dimension of dimensions) {
          const totals = totalsOf(breakdownSums(figures, dimension));
          expect(sum(totals.map(({ orders }) => orders))).toBe(eligibleOrders(figures));
          expect(sum(totals.map(({ missing }) => missing))).toBe(figures.orders.missing);
          for (const { currency, amount } of totals) {
            const bridge = figures.currencies.find((one) => one.currency === currency)?.bridge;
            expect(amount.toString()).toBe(bridge?.shop);
          }
        }
      }),
    );
  });

  test("what lies where adds up to both totals of each bridge", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const { figures } = results(shop, settings);
        const [orders, rows] = [orderLines(figures), rowLines(figures)];
        for (const { currency, bridge } of figures.currencies) {
          const all = (lines: { amounts: { currency: string; amount: string }[] }[]) =>
            lines
              .flatMap(({ amounts }) => amounts.filter((one) => one.currency === currency))
              .reduce((total, { amount }) => total + BigInt(amount), 0n);
          expect(all(orders).toString()).toBe(bridge.shop);
          expect(all(rows).toString()).toBe(bridge.analytics);
        }
        expect(sum(rows.map(({ count }) => count))).toBe(shop.rows.reduce((all, { events = 1 }) => all + events, 0));
      }),
    );
  });

  test("the trend's days and methods are all that takes part", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const { figures, trend } = results(shop, settings);
        const days = daysOf(trend);
        expect(sum(days.map((day) => settledOf(day) + day.open))).toBe(eligibleOrders(figures));
        expect(sum(days.map(({ missing }) => missing))).toBe(figures.orders.missing);
        expect(sum(days.map(settledOf))).toBe(figures.rates.settled);
        const byMethod = trend.methods.map(({ method }) =>
          method === null ? 0 : sum(daysOf(trend, method).map(settledOf)),
        );
        expect(sum(byMethod)).toBeLessThanOrEqual(figures.rates.settled);
      }),
    );
  });
});

test("a year of days is told by the month, and adds up as well", () => {
  const orders = Array.from({ length: 200 }, (_, n) =>
    shopOrder(1_001 + n, { createdAt: new Date(Date.parse("2025-11-01T12:00:00Z") + n * 86_400_000).toISOString() }),
  );
  const rows = orders.slice(0, 150).map(({ createdAt }, n) => purchase(1_001 + n, { at: createdAt }));
  const { figures } = results({ orders, rows }, { firstDay: "2025-11-01", lastDay: "2026-05-31" });
  const lines = breakdownSums(figures, "day");
  expect(lines.map(({ value, orders, missing }) => [value, orders, missing]).slice(0, 6)).toEqual([
    ["2025-11", 30, 0],
    ["2025-12", 31, 0],
    ["2026-01", 31, 0],
    ["2026-02", 28, 0],
    ["2026-03", 31, 1],
    ["2026-04", 30, 30],
  ]);
  expect(totalsOf(lines)[0]).toMatchObject({ orders: 200, missing: 50 });
});

test("a shop with a method of its own for each order has a trend that stays small", () => {
  const orders = Array.from({ length: 300 }, (_, n) => shopOrder(1_001 + n, { paymentMethod: `Voucher ${n}` }));
  const { trend } = results({ orders, rows: [purchase(1)] });
  expect(trend.methods).toHaveLength(13);
  expect(sum(daysOf(trend).map(({ missing }) => missing))).toBe(300);
  expect(sum(trend.methods.find(({ method }) => method === null)?.missing ?? [])).toBe(288);
});

test("what is not quite all never reads as all, nor a little as nothing, nor nothing as a rate", () => {
  const text = (rate: number | null) => rateText(rate, "en-GB");
  expect([null, 0, 0.0002, 0.5, 0.99951, 0.99999, 1].map(text)).toEqual([
    ...["–", "0.0%", "0.1%", "50.0%", "99.9%", "99.9%", "100.0%"],
  ]);
  expect(intervalText({ low: 0, high: 0.1611 }, "en-GB")).toBe("0.0% – 16.1%");
});
