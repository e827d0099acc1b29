/** What must hold of every comparison, whatever the shop and its analytics say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSums } from "~/features/reconciliation/columns/exact-sum";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { orderBuckets, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { resultHash } from "~/features/reconciliation/compare/result-hash";
import { breakdown, dimensions } from "~/features/reconciliation/figures/breakdown";
import { bridge } from "~/features/reconciliation/figures/bridge";
import { currencyRates, rates } from "~/features/reconciliation/figures/rates";
import { tallies } from "~/features/reconciliation/figures/tallies";
import { decimalAmount } from "~/features/reconciliation/files/decimal-amount";
import { currencyExponent, moneyDigits } from "~/platform/money";
import { anySettings, anyShop, anyTidyShop } from "~/testing/any-shop";
import { compared, orderFindings, rowFindings, type Shop } from "~/testing/given-shop";

const orderBucketsOf = (comparison: Comparison) =>
  Object.fromEntries(orderFindings(comparison).map(({ id, bucket }) => [id, bucket]));
const rowBucketsOf = (comparison: Comparison) =>
  Object.fromEntries(rowFindings(comparison).map(({ id, bucket }) => [id, bucket]));

/** The tidy shop without one of its rows, or with another row in its place. */
const aTidyRow = anyTidyShop
  .filter(({ rows }) => rows.length > 0)
  .chain((shop) => fc.record({ shop: fc.constant(shop), place: fc.nat({ max: shop.rows.length - 1 }) }));

const withRow = ({ orders, rows }: Shop, place: number, ...instead: Shop["rows"]): Shop => ({
  orders,
  rows: rows.toSpliced(place, 1, ...instead),
});

describe("of every comparison it holds that", () => {
  test("1. each order and each event lies in exactly one place", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const comparison = compared(shop, settings);
        const events = shop.rows.reduce((sum, { events = 1 }) => sum + events, 0);
        const counts = tallies(comparison);
        const count = (places: { count: number }[]) => places.reduce((sum, { count }) => sum + count, 0);
        expect(count(counts.flatMap(({ orders }) => Object.values(orders)))).toBe(shop.orders.length);
        expect(count(counts.flatMap(({ rows }) => Object.values(rows)))).toBe(events);
        const found = ["matched", "value-mismatch", "currency-mismatch"];
        const primaries = orderFindings(comparison)
          .filter(({ bucket }) => found.includes(bucket))
          .map(({ rowId }) => rowId);
        const counted = rowFindings(comparison)
          .filter(({ bucket }) => bucket === "primary")
          .map(({ id }) => id);
        expect(primaries.sort()).toEqual(counted.sort());
      }),
    );
  });

  test("2. the bridge closes to nothing in each currency, and breakdowns add up", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const comparison = compared(shop, settings);
        for (const tally of tallies(comparison)) {
          const { remainder, analytics, shop: revenue } = bridge(tally);
          const inIt = ({ currency }: { currency: string }) => currency === tally.currency;
          expect(remainder).toBe(0n);
          expect(analytics).toBe(shop.rows.filter(inIt).reduce((sum, { value }) => sum + value, 0n));
          const eligible = orderFindings(comparison).filter(({ bucket }) => bucket !== "excluded");
          expect(revenue).toBe(eligible.filter(inIt).reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
          for (const dimension of dimensions) {
            const lines = breakdown(comparison, dimension).filter(inIt);
            for (const bucket of orderBuckets) {
              const whole = lines.reduce((sum, { orders }) => sum + orders[bucket].count, 0);
              const amount = lines.reduce((sum, { orders }) => sum + orders[bucket].amount, 0n);
              expect({ count: whole, amount }).toEqual(tally.orders[bucket]);
            }
            if (dimension !== "day" && dimension !== "currency") continue;
            const strays = lines.reduce((sum, { unexpected }) => sum + unexpected.value, 0n);
            expect(strays).toBe(tally.rows.unexpected.value);
          }
        }
      }),
    );
  });

  test("3. and 4. neither the order of the input nor a second run changes anything", () => {
    const shuffled = anyShop.chain((shop) =>
      fc.record({
        shop: fc.constant(shop),
        orders: fc.shuffledSubarray([...shop.orders], { minLength: shop.orders.length }),
        rows: fc.shuffledSubarray([...shop.rows], { minLength: shop.rows.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, anySettings, ({ shop, ...other }, settings) => {
        const [one, again, moved] = [compared(shop, settings), compared(shop, settings), compared(other, settings)];
        expect(resultHash(again)).toBe(resultHash(one));
        expect(orderFindings(moved).sort(byId)).toEqual(orderFindings(one).sort(byId));
        expect(rowFindings(moved).sort(byId)).toEqual(rowFindings(one).sort(byId));
        expect(resultHash(moved)).toBe(resultHash(one));
      }),
    );
  });

  test("5. a shop compared with itself is whole", () => {
    fc.assert(
      fc.property(anyTidyShop, (shop) => {
        const comparison = compared(shop);
        expect(new Set(Object.values(orderBucketsOf(comparison)))).toEqual(new Set(shop.orders.map(() => "matched")));
        expect(new Set(Object.values(rowBucketsOf(comparison)))).toEqual(new Set(shop.rows.map(() => "primary")));
        expect(rates(tallies(comparison)).exact).toBe(shop.orders.length === 0 ? null : 1);
      }),
    );
  });

  test("6. without its only row an order is missing, and no other is touched", () => {
    fc.assert(
      fc.property(aTidyRow, ({ shop, place }) => {
        const before = orderBucketsOf(compared(shop));
        const after = orderBucketsOf(compared(withRow(shop, place)));
        expect(after).toEqual({ ...before, [shop.orders[place]!.id]: "missing" });
      }),
    );
  });

  test("7. a row sent again adds a duplicate and what it says to the bridge", () => {
    fc.assert(
      fc.property(aTidyRow, fc.integer({ min: 1, max: 4 }), ({ shop, place }, times) => {
        const row = shop.rows[place]!;
        const copies = Array.from({ length: times }, (_, n) => ({ ...row, id: `${row.id}-again-${n}` }));
        const [before, after] = [shop, withRow(shop, place, row, ...copies)].map((one) => compared(one));
        expect(orderBucketsOf(after!)).toEqual(orderBucketsOf(before!));
        const [one, other] = [before, after].map((comparison) => rates(tallies(comparison!)));
        expect({ ...other, duplicate: null }).toEqual({ ...one, duplicate: null });
        const tally = tallies(after!).find(({ currency }) => currency === row.currency)!;
        expect(tally.rows.duplicate).toEqual({ count: times, value: row.value * BigInt(times) });
        expect(bridge(tally).remainder).toBe(0n);
      }),
    );
  });

  test("8. one minor unit more moves one order, and a tolerance of as much moves it back", () => {
    const off = fc.constantFrom(1n, -1n, 7n, -40n);
    fc.assert(
      fc.property(aTidyRow, off, ({ shop, place }, off) => {
        const changed = withRow(shop, place, { ...shop.rows[place]!, value: shop.rows[place]!.value + off });
        const before = orderBucketsOf(compared(shop));
        expect(orderBucketsOf(compared(changed))).toEqual({ ...before, [shop.orders[place]!.id]: "value-mismatch" });
        const tolerance = { absoluteMinor: Math.abs(Number(off)), basisPoints: 0 };
        expect(orderBucketsOf(compared(changed, { tolerance }))).toEqual(before);
      }),
    );
  });

  test("8. a larger tolerance never matches less", () => {
    const some = fc.record({ absoluteMinor: fc.nat({ max: 500 }), basisPoints: fc.nat({ max: 500 }) });
    fc.assert(
      fc.property(anyShop, some, some, (shop, small, more) => {
        const large = {
          absoluteMinor: small.absoluteMinor + more.absoluteMinor,
          basisPoints: small.basisPoints + more.basisPoints,
        };
        const matched = (tolerance: typeof small) =>
          orderFindings(compared(shop, { tolerance }))
            .filter(({ bucket }) => bucket === "matched")
            .map(({ id }) => id);
        expect(matched(large)).toEqual(expect.arrayContaining(matched(small)));
      }),
    );
  });

  test("9. how an id is written never changes where anything lies", () => {
    const decorations: ((id: string) => string)[] = [
      (id) => ` ${id}\u00a0`,
      (id) => id.toUpperCase(),
      (id) => (id.startsWith("#") ? id : `#${id}`),
      (id) => (/^\d+$/.test(id) ? `gid://shopify/Order/${id}?x=1` : id),
      (id) => (/^\w/.test(id) ? `'${id}` : id),
    ];
    fc.assert(
      fc.property(anyShop, fc.infiniteStream(fc.constantFrom(...decorations)), (shop, decorate) => {
        const next = (id: string) => decorate.next().value!(id);
        const decorated: Shop = {
          orders: shop.orders.map((order) => ({
            ...order,
            aliases: order.aliases.map(({ type, value }) => ({ type, value: next(value) })),
          })),
          rows: shop.rows.map((row) => ({ ...row, transactionId: next(row.transactionId) })),
        };
        expect(orderBucketsOf(compared(decorated))).toEqual(orderBucketsOf(compared(shop)));
        expect(rowBucketsOf(compared(decorated))).toEqual(rowBucketsOf(compared(shop)));
      }),
    );
  });

  test("9. another order changes nothing, unless it takes an order's number: then nobody knows", () => {
    fc.assert(
      fc.property(aTidyRow, fc.boolean(), ({ shop, place }, takesNumber) => {
        const order = shop.orders[place]!;
        const value = takesNumber ? shop.rows[place]!.transactionId : "S999";
        const other = { ...order, id: "another", aliases: [{ type: "name" as const, value }] };
        const before = orderBucketsOf(compared(shop));
        expect(orderBucketsOf(compared({ ...shop, orders: [other, ...shop.orders] }))).toEqual(
          takesNumber
            ? { ...before, [order.id]: "ambiguous", another: "ambiguous" }
            : { ...before, another: "missing" },
        );
      }),
    );
  });

  test("10. another time zone moves days, and nothing inside the window to another place", () => {
    const zone = fc.constantFrom("Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Australia/Lord_Howe");
    const wide = { firstDay: "2026-04-01", lastDay: "2026-06-30", scheme: "name" } as const;
    fc.assert(
      fc.property(anyShop, zone, (shop, timeZone) => {
        // Of rows that tell only their day, the zone decides how far from an order they lie.
        const timed = { ...shop, rows: shop.rows.filter(({ at }) => at.length > 10) };
        const [here, there] = [compared(timed, wide), compared(timed, { ...wide, timeZone })];
        expect(orderBucketsOf(there)).toEqual(orderBucketsOf(here));
        expect(rowBucketsOf(there)).toEqual(rowBucketsOf(here));
      }),
    );
  });

  test("11. what is pending settles as time goes by", () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const at = (now: string) => orderBucketsOf(compared(shop, { now }));
        const [early, late] = [at("2026-05-15T12:00:00.000Z"), at("2026-06-30T00:00:00.000Z")];
        for (const [id, bucket] of Object.entries(early)) {
          expect(late[id]).toBe(bucket === "pending" ? "missing" : bucket);
        }
      }),
    );
  });

  test("12. amounts of every exponent survive, and a million of them add up", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("JPY", "GBP", "KWD", "CLF"),
        fc.bigInt(-(2n ** 52n), 2n ** 52n),
        (currency, minor) => {
          const read = decimalAmount(moneyDigits({ minor, currency }), currencyExponent(currency));
          expect(read).toEqual({ minor, isRounded: false });
        },
      ),
    );
    const [sums, exact] = [new ExactSums(2), [0n, 0n]];
    for (let n = 0; n < 1_000_000; n++) {
      const amount = Number.MAX_SAFE_INTEGER - n * 7_919;
      sums.add(n % 2, n % 3 === 0 ? -amount : amount);
      exact[n % 2]! += BigInt(n % 3 === 0 ? -amount : amount);
    }
    expect([sums.total(0), sums.total(1)]).toEqual(exact);
  });

  test("13. nothing is called missing on a day of which analytics told only a part", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const incompleteDays = ["2026-05-03", "2026-05-04", "2026-05-20"];
        const findings = orderFindings(compared(shop, { ...settings, incompleteDays }));
        expect(findings.filter(({ day, bucket }) => bucket === "missing" && incompleteDays.includes(day))).toEqual([]);
      }),
    );
  });

  test("14. a rate lies between 0 and 1, or there is none", () => {
    fc.assert(
      fc.property(anyShop, anySettings, (shop, settings) => {
        const all = tallies(compared(shop, settings));
        const { settled, captureInterval, ...shares } = rates(all);
        for (const [name, share] of Object.entries(shares)) {
          if (!["duplicate", "unexpected"].includes(name)) expect(share === null).toBe(settled === 0);
          if (share !== null) expect(share).toBeGreaterThanOrEqual(0);
          if (share !== null) expect(share).toBeLessThanOrEqual(1);
        }
        expect(captureInterval === null).toBe(settled === 0);
        for (const { currency, orders } of all) {
          const { capture } = currencyRates(all.find((one) => one.currency === currency)!);
          const whole = orderBuckets.filter((bucket) => !["excluded", "pending", "unverifiable"].includes(bucket));
          if (whole.every((bucket) => orders[bucket].count === 0)) expect(capture).toBeNull();
        }
      }),
    );
  });
});

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

test("every place is reached by the shops at random", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(anyShop, anySettings, (shop, settings) => {
      const comparison = compared(shop, settings);
      for (const { bucket } of orderFindings(comparison)) reached.add(`order ${bucket}`);
      for (const { bucket } of rowFindings(comparison)) reached.add(`row ${bucket}`);
    }),
    { numRuns: 300 },
  );
  expect(reached.size).toBe(orderBuckets.length + rowBuckets.length);
});
