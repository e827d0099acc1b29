/** Who is told that comparing does not work, and that it works again: once for each trouble. */
import { describe, expect, test } from "vitest";
import "~/features/connectors/tables";
import { createConnector } from "~/features/connectors/create-connector.server";
import { listNotices } from "~/features/notices/notices.server";
import { cancelComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

describe.each(databases)("the end of a comparison on %s", (engine) => {
  async function setDeleted(scope: Scope, id: string, at: string | null) {
    await scope.db
      .updateTable("connectors")
      .set({ deleted_at: at })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
  }
  const titles = async (scope: Scope) => (await listNotices(scope)).map(({ title }) => title);

  test("is told where it failed, once for the same reason, and once where it works again", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    await keepShop(scope, { orders: [shopOrder(1)], rows: [purchase(1)] });
    const connector = await createConnector(scope, { id: "shopify" }, "Kiln & Clay, Shopify");
    const id = await reconciliation(scope, { name: "Kiln & Clay", orderOrigins: [connector, "file"] });
    await compareNow(scope, id);
    expect(await titles(scope)).toEqual([]);
    await setDeleted(scope, connector, scope.clock.now());
    await compareNow(scope, id);
    expect(await titles(scope)).toEqual(["Comparing “Kiln & Clay” failed"]);
    await cancelComparison(scope, await askedFor(scope, id));
    await compareNow(scope, id);
    expect(await titles(scope)).toHaveLength(1);
    await setDeleted(scope, connector, null);
    const runId = await compareNow(scope, id);
    await compareNow(scope, id);
    const [latest, ...others] = await listNotices(scope);
    expect(latest).toMatchObject({ title: "Comparing “Kiln & Clay” works again" });
    expect(latest?.href).toContain(`/reconciliations/${id}/runs/${runId}`);
    expect(others).toHaveLength(1);
  });
});
