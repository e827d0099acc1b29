/** Deleting a reconciliation, bringing it back, and what is left of it after a month. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { annotate } from "~/features/reconciliation/decisions/annotations.server";
import { addRecipient } from "~/features/reconciliation/report/recipients.server";
import { decide } from "~/features/reconciliation/decisions/decisions.server";
import { bringBackReconciliation } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { listReconciliations } from "~/features/reconciliation/set-up/list-reconciliations.server";
import { removeDeletedReconciliations } from "~/features/reconciliation/set-up/remove-reconciliations.server";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { openReconciliationPages, type ReconciliationHouse } from "~/testing/reconciliation-pages";

describe.each(databases)("deleting a reconciliation on %s", (engine) => {
  let house: ReconciliationHouse;
  let scope: Scope;
  let base: string;
  let id: string;

  beforeAll(async () => {
    house = await openReconciliationPages(engine);
  });
  beforeEach(async () => {
    ({ scope, base } = await house.newFirm());
    await keepShop(scope, { orders: [shopOrder(1), shopOrder(2)], rows: [purchase(1)] });
    id = await reconciliation(scope);
    await decide(scope, id, { kind: "set-row-aside", rowId: "row-1", reason: "a test of the tag" });
    await compareNow(scope, id);
    await compareNow(scope, id);
  });
  afterAll(() => house.site.close());

  const rowsOf = async (table: "findings" | "comparison_runs" | "comparison_log" | "reconciliation_decisions") =>
    (await scope.db.selectFrom(table).select("account_id").where("account_id", "=", scope.account.id).execute()).length;

  test("asks with what goes along, and says how long it can be brought back", async () => {
    const text = textOf(await house.get(`${base}/${id}/deletion`));
    expect(text).toContain("Comparisons that are no longer to be seen 2");
    expect(text).toContain("Decisions of people about orders and rows 1");
    expect(text).toContain("For 30 days it can be brought back from the list");
  });

  test("takes it off the list and off its pages, and brings all of it back", async () => {
    const answer = await house.post(`${base}/${id}/deletion`);
    expect([answer.status, answer.headers.location]).toEqual([303, base]);
    expect(messageIn(answer).text).toBe("Pottery in Bath is deleted.");
    expect(await listReconciliations(scope)).toEqual([]);
    for (const step of ["runs", "sources", "schedule", "deletion"]) {
      expect((await house.get(`${base}/${id}/${step}`)).status).toBe(404);
    }
    expect((await house.post(`${base}/${id}/runs`, { firstDay: "", lastDay: "" })).status).toBe(404);
    expect(textOf(await house.get(base))).toMatch(/Deleted reconciliations .* Pottery in Bath .* Bring back/);
    const back = await house.post(`${base}/${id}/return`);
    expect(messageIn(back).text).toBe("Pottery in Bath is back.");
    expect((await listReconciliations(scope)).map(({ result }) => result?.settled)).toEqual([2]);
    expect((await house.post(`${base}/${id}/return`)).status).toBe(404);
  });

  test("removes it for good after a month, with all that it had, and nothing of another", async () => {
    const other = await reconciliation(scope, { name: "Kiln & Clay" });
    const before = await rowsOf("findings");
    await compareNow(scope, other);
    const own = (await rowsOf("findings")) - before;
    expect([before > 0, own > 0]).toEqual([true, true]);
    await annotate(scope, id, { day: "2026-05-12", text: "New cookie banner" });
    await addRecipient(scope, id, { name: "Imogen Ashworth", email: "imogen@winfield.example", often: "month" });
    await house.post(`${base}/${id}/deletion`);
    house.clock.advance(29 * DAY_MS);
    await removeDeletedReconciliations(scope);
    expect(await rowsOf("comparison_runs")).toBe(3);
    house.clock.advance(2 * DAY_MS);
    await removeDeletedReconciliations(scope);
    expect([await rowsOf("findings"), await rowsOf("comparison_runs")]).toEqual([own, 1]);
    expect([(await rowsOf("comparison_log")) > 0, await rowsOf("reconciliation_decisions")]).toEqual([true, 0]);
    expect(await findReconciliation(scope, other)).not.toBeNull();
    expect(await bringBackReconciliation(scope, id)).toEqual({ ok: false });
    house.clock.set("2026-06-10T09:00:00.000Z");
  });
});
