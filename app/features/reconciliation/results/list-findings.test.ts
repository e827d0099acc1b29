/** Findings of a kitchenware shop, narrowed, sorted and paged through in every way, on both databases. */
import { beforeAll, describe, expect, test } from "vitest";
import { type FindingFilter, findingSorts, readFindingFilter } from "~/features/reconciliation/results/finding-filter";
import { type Finding, type FindingPage, listFindings } from "~/features/reconciliation/results/list-findings.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { compareNow, keepShop, reconciliation, storedFindings } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

/** 120 orders of May that are missing, and as many purchases without an order. */
const orders = Array.from({ length: 120 }, (_, n) =>
  shopOrder(1001 + n, {
    createdAt: `2026-05-${String((n % 28) + 1).padStart(2, "0")}T10:00:00.000Z`,
    total: BigInt(1_000 + (n % 11) * 250),
    currency: n % 5 === 0 ? "EUR" : "GBP",
    paymentMethod: ["card", "PayPal", "Klarna", ""][n % 4],
    channel: n % 3 === 0 ? "pos" : "web",
  }),
);
const rows = Array.from({ length: 120 }, (_, n) =>
  purchase(90_000 + n, {
    at: `2026-05-${String((n % 31) + 1).padStart(2, "0")}T18:00:00.000Z`,
    value: BigInt(100 + n),
    currency: n % 4 === 0 ? "EUR" : "GBP",
  }),
);

const narrowings: Partial<FindingFilter>[] = [
  {},
  { method: "PayPal" },
  { method: "" },
  { channel: "pos" },
  { why: "no-browser" },
  { currency: "EUR" },
  { from: "2026-05-10", until: "2026-05-12" },
  { from: "2026-05-10", method: "card", channel: "web" },
  { until: "2026-05-20", currency: "GBP", why: "unknown" },
  { method: "Bitcoin" },
  { side: "row", bucket: "unexpected" },
  { side: "row", bucket: "unexpected", currency: "EUR", from: "2026-05-29" },
];

describe.each(databases)("findings on %s", (engine) => {
  let scope: Scope;
  let runId: string;
  let stored: Awaited<ReturnType<typeof storedFindings>>;
  beforeAll(async () => {
    scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    await keepShop(scope, { orders, rows });
    runId = await compareNow(scope, await reconciliation(scope), { firstDay: "2026-05-01", lastDay: "2026-05-31" });
    stored = await storedFindings(scope, runId);
  });

  function filterOf(some: Partial<FindingFilter>): FindingFilter {
    return { ...readFindingFilter(new URLSearchParams()).filter, ...some };
  }

  async function pages(filter: FindingFilter, looksAt?: number): Promise<{ found: Finding[]; count: number }> {
    const found: Finding[] = [];
    let [after, count]: [string | null, number] = [null, 0];
    do {
      const page: FindingPage = await listFindings(scope, runId, filter, { after, limit: 7, looksAt });
      found.push(...page.findings);
      [after, count] = [page.after, count + 1];
    } while (after !== null && count < 500);
    return { found, count };
  }

  function isLike(one: (typeof stored)[number], filter: FindingFilter): boolean {
    const { from, until } = filter;
    const words = [
      [one.payment_method, filter.method],
      [one.channel, filter.channel],
      [one.currency, filter.currency],
      [one.cause, filter.why],
    ];
    if (one.side !== filter.side || one.bucket !== filter.bucket) return false;
    if (!words.every(([word, wanted]) => wanted === null || word === wanted)) return false;
    return (from === null || one.day >= from) && (until === null || one.day <= until);
  }

  function sorted(filter: FindingFilter) {
    const keys: Record<FindingFilter["sort"], (one: (typeof stored)[number]) => (string | bigint | number)[]> = {
      day: ({ day, position }) => [day, position],
      amount: ({ currency, amount_minor, position }) => [currency, amount_minor, position],
      method: ({ payment_method, day, position }) => [payment_method, day, position],
      why: ({ cause, day, position }) => [cause, day, position],
    };
    const of = keys[filter.sort];
    const like = stored.filter((one) => isLike(one, filter));
    like.sort((one, other) => {
      const [mine, theirs] = [of(one), of(other)];
      const at = mine.findIndex((key, place) => key !== theirs[place]);
      return at < 0 ? 0 : mine[at]! < theirs[at]! ? -1 : 1;
    });
    return (filter.descending ? like.toReversed() : like).map(({ position }) => position);
  }

  test("come each once and in order, however they are narrowed and sorted", async () => {
    expect(stored.length).toBeGreaterThan(200);
    for (const narrowing of narrowings) {
      for (const sort of findingSorts) {
        for (const descending of [false, true]) {
          const filter = filterOf({ ...narrowing, sort, descending });
          const { found } = await pages(filter);
          expect(
            found.map(({ position }) => position),
            JSON.stringify(filter),
          ).toEqual(sorted(filter));
        }
      }
    }
  });

  test("are looked for a part at a time where no index knows of them, and none is lost", async () => {
    const filter = filterOf({ sort: "amount", method: "Klarna", channel: "pos" });
    const { found, count } = await pages(filter, 10);
    expect(found.map(({ position }) => position)).toEqual(sorted(filter));
    expect(found.length).toBeGreaterThan(0);
    expect(count).toBeGreaterThan(10);
    const first = await listFindings(scope, runId, filterOf({ sort: "day", method: "Bitcoin", currency: "GBP" }), {
      looksAt: 10,
    });
    expect(first).toMatchObject({ findings: [], after: null, lookedTo: null });
  });

  test("a page that begins at another list's end, or at nonsense, begins at the beginning", async () => {
    const filter = filterOf({});
    const [first] = (await pages(filter)).found;
    const cursors = [
      "",
      "x",
      "[]",
      "{}",
      '["2026-05-01"]',
      '["2026-02-31",1]',
      '["GBP","12",3]',
      '["2026-05-01",1e99]',
      '["\\u0000",1]',
    ];
    for (const after of cursors) {
      const { findings } = await listFindings(scope, runId, filter, { after });
      expect(findings[0], after).toEqual(first);
    }
    const byAmount = filterOf({ sort: "amount" });
    for (const after of ['["GBP","1e5",3]', '["G\\ud800","12",3]', '["GBP","99999999999999999999",3]']) {
      expect((await listFindings(scope, runId, byAmount, { after })).findings.length, after).toBe(50);
    }
  });
});
