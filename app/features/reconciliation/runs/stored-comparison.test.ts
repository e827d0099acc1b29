/** A comparison from what is stored says of any shop what one from memory says, on both databases. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "~/features/reconciliation/compare/compare";
import { resultHash } from "~/features/reconciliation/compare/result-hash";
import { explainGaps } from "~/features/reconciliation/gaps/explain-gaps";
import { findingsOf } from "~/features/reconciliation/runs/findings-of";
import { incompleteDays } from "~/features/reconciliation/runs/run-settings";
import "~/features/reconciliation/tables";
import { orderKey } from "~/features/reconciliation/set-up/kept-settings";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";
import { anyShop } from "~/testing/any-shop";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { compareNow, storedFindings, keepShop, keptForMay, reconciliation } from "~/testing/given-comparisons";
import { filledBooks, may, type Shop } from "~/testing/given-shop";

const month = { firstDay: "2026-05-01", lastDay: "2026-05-31" };

/** Each is known by the source's own id and by the name that it has there. */
function asStored({ orders, rows }: Shop): Shop {
  return {
    orders: orders.map((order) => ({
      ...{ ...order, id: orderKey(0, order.id) },
      aliases: [{ type: "id" as const, value: order.id }, ...order.aliases.filter(({ type }) => type === "name")],
    })),
    rows: rows.filter(({ at }) => {
      const day = at.length > 10 ? dateIn(keptForMay.timeZone, at) : at;
      return day >= month.firstDay && day <= "2026-06-03";
    }),
  };
}

function fromMemory(shop: Shop) {
  const days = shop.rows.map(({ at }) => at.slice(0, 10)).sort();
  const [from, through] = [days[0], days.at(-1)];
  const known = from !== undefined && through !== undefined ? { from, through, doubtful: new Set<string>() } : null;
  const settings = { ...may, now: "2026-06-10T09:00:00.000Z", incompleteDays: incompleteDays(month, known) };
  return compare(filledBooks(asStored(shop)), settings);
}

describe.each(databases)("from %s", (engine) => {
  async function fromDatabase(scope: Scope, shop: Shop, origin: string) {
    await keepShop(scope, shop, origin);
    const id = await reconciliation(scope, { orderOrigins: [origin], analyticsOrigin: origin });
    const runId = await compareNow(scope, id, month);
    const run = await scope.db
      .selectFrom("comparison_runs")
      .select(["hash", "finding_count"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
    const findings = await storedFindings(scope, runId);
    return { run, findings: findings.map(({ account_id: _, run_id: __, position: ___, ...finding }) => finding) };
  }

  test("any shop has the result and the findings that it has in memory", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    let shops = 0;
    await fc.assert(
      fc.asyncProperty(anyShop, async (shop) => {
        const comparison = fromMemory(shop);
        const expected = [...findingsOf(comparison, explainGaps(comparison))];
        const { run, findings } = await fromDatabase(scope, shop, `file:Shop ${(shops += 1)}`);
        expect(run).toEqual({ hash: resultHash(comparison), finding_count: expected.length });
        // They are read in another order: the earliest first.
        const named = (list: typeof expected) => list.map((one) => [`${one.side} ${one.order_key} ${one.row_id}`, one]);
        expect(Object.fromEntries(named(findings))).toEqual(Object.fromEntries(named(expected)));
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
