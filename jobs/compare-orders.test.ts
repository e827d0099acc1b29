import { describe, expect, test } from "vitest";
import compareOrders from "./compare-orders";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

describe.each(databases)("the job of a comparison on %s", (engine) => {
  async function asked() {
    const clock = testClock("2026-06-10T09:00:00.000Z");
    const scope = await given.scope(engine, "admin", { clock });
    await keepShop(scope, { orders: [shopOrder(1001)], rows: [purchase(1001)] });
    const runId = await askedFor(scope, await reconciliation(scope));
    const installation = await given.installation(engine, { clock });
    const run = (changes = {}) =>
      compareOrders({ accountId: scope.account.id, runId }, given.job(installation, changes));
    return { scope, runId, run };
  }

  function runOf(scope: Scope, runId: string) {
    return scope.db
      .selectFrom("comparison_runs")
      .select(["state", "problem", "finding_count"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
  }

  test("carries it out, once", async () => {
    const { scope, runId, run } = await asked();
    await run();
    const done = await runOf(scope, runId);
    expect(done).toEqual({ state: "done", problem: null, finding_count: 0 });
    await run();
    expect(await runOf(scope, runId)).toEqual(done);
  });

  test("gives it up where it fails again and again, and not before", async () => {
    const { scope, runId, run } = await asked();
    await scope.db
      .updateTable("comparison_runs")
      .set({ settings: "{}" })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .execute();
    await expect(run({ attempt: 7, maxAttempts: 8 })).rejects.toThrow();
    expect(await runOf(scope, runId)).toMatchObject({ state: "running", problem: null });
    await expect(run({ attempt: 8, maxAttempts: 8 })).rejects.toThrow();
    expect(await runOf(scope, runId)).toMatchObject({
      ...{ state: "failed", problem: expect.stringContaining("a fault of ours") as string },
    });
  });
});
