/** Shops at random, for properties that hold of all of them: with everything that goes wrong in some. */
import fc from "fast-check";
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { type Settings } from "~/features/reconciliation/compare/settings";
import { standings } from "~/features/reconciliation/columns/orders";
import { valueBases } from "~/features/reconciliation/basis/value-basis";
import { type Shop } from "~/testing/given-shop";
import { DAY_MS, HOUR_MS } from "~/platform/time";

const currencies = ["GBP", "GBP", "GBP", "EUR", "JPY", "KWD"] as const;
const start = Date.parse("2026-04-29T00:00:00.000Z");
const instant = fc
  .integer({ min: 0, max: 35 * 24 * 12 })
  .map((n) => new Date(start + (n * HOUR_MS) / 12).toISOString());
const money = fc.oneof(fc.bigInt(0n, 500n), fc.bigInt(-1_000n, 100_000n), fc.constant(9_000_000_000_000n));

/** Few numbers, so that some orders share one. */
const number = fc.integer({ min: 1001, max: 1060 });

function anOrder(place: number): fc.Arbitrary<Order> {
  return fc.record({
    id: fc.constant(`order-${place}`),
    aliases: fc
      .tuple(number, fc.boolean(), number)
      .map(([name, hasId, id]) => [
        { type: "name" as const, value: `#${name}` },
        ...(hasId ? [{ type: "id" as const, value: String(id + 40) }] : []),
      ]),
    createdAt: instant,
    currency: fc.constantFrom(...currencies),
    total: money,
    tax: fc.bigInt(0n, 300n),
    shipping: fc.bigInt(0n, 300n),
    discount: fc.bigInt(0n, 300n),
    giftCard: fc.constantFrom(0n, 50n),
    refund: fc.constantFrom(0n, 0n, 70n),
    lines: fc.integer({ min: 1, max: 3 }),
    paymentMethod: fc.constantFrom("card", "paypal", ""),
    channel: fc.constantFrom("web", "web", "pos"),
    standing: fc.constantFrom("sale" as const, "sale" as const, "sale" as const, ...standings),
  });
}

const strayId = fc.oneof(number.map(String), fc.constantFrom("(not set)", "", "1.2E+15", "T-1", "undefined"));

function aRow(place: number, orders: readonly Order[]): fc.Arbitrary<Transaction> {
  const rest = { id: fc.constant(`row-${place}`), isRounded: fc.boolean() };
  const stray = fc.record({
    ...rest,
    transactionId: strayId,
    at: fc.oneof(
      instant,
      instant.map((at) => at.slice(0, 10)),
    ),
    currency: fc.constantFrom(...currencies),
    value: money,
    events: fc.constantFrom(1, 1, 1, 3),
  });
  if (orders.length === 0) return stray;
  const hit = fc
    .record({
      order: fc.constantFrom(...orders),
      alias: fc.nat({ max: 1 }),
      off: fc.constantFrom(0n, 0n, 0n, 1n, -1n, 100n),
      lateMs: fc.integer({ min: 0, max: 9 * 24 }).map((hours) => (hours * DAY_MS) / 24),
      currency: fc.constantFrom(null, null, null, "EUR"),
      ...rest,
    })
    .map(({ order, alias, off, lateMs, currency, id, isRounded }) => ({
      ...{ id, isRounded, value: order.total + off, currency: currency ?? order.currency },
      transactionId: (order.aliases[alias] ?? order.aliases[0]!).value,
      at: new Date(Date.parse(order.createdAt) + lateMs).toISOString(),
    }));
  return fc.oneof({ weight: 3, arbitrary: hit }, { weight: 1, arbitrary: stray });
}

export const anyShop: fc.Arbitrary<Shop> = fc
  .integer({ min: 0, max: 20 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => anOrder(place))))
  .chain((orders) =>
    fc
      .integer({ min: 0, max: 25 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => aRow(place, orders))))
      .map((rows) => ({ orders, rows })),
  );

/** As they may be set up; May in London unless said otherwise. */
export const anySettings: fc.Arbitrary<Partial<Settings>> = fc.record({
  basis: fc.constantFrom(...valueBases),
  tolerance: fc.record({ absoluteMinor: fc.constantFrom(0, 1, 99), basisPoints: fc.constantFrom(0, 50) }),
  untrackedChannels: fc.constantFrom([], ["pos"]),
  leavesOutZero: fc.boolean(),
  now: fc.constantFrom("2026-05-20T12:00:00.000Z", "2026-06-10T09:00:00.000Z"),
  incompleteDays: fc.constantFrom([], ["2026-05-12", "2026-05-13"]),
});

/** Every order found once and to the penny, each under an id of its own. */
export const anyTidyShop: fc.Arbitrary<Shop> = anyShop.map(({ orders }) => {
  const sales = orders.map((order, n) => ({
    ...order,
    aliases: [
      { type: "id" as const, value: String(500 + n) },
      { type: "name" as const, value: `#S${7001 + n}` },
    ],
    createdAt: new Date(Date.parse("2026-05-02T12:00:00.000Z") + (n + 1) * 11 * HOUR_MS).toISOString(),
    standing: "sale" as const,
    channel: "web",
  }));
  const rows = sales.map((order, n) => ({
    id: `row-${n}`,
    transactionId: `S${7001 + n}`,
    at: order.createdAt,
    currency: order.currency,
    value: order.total,
  }));
  return { orders: sales, rows };
});
