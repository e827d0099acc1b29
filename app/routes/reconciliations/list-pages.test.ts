/** The list of reconciliations, and how one is begun. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createConnector } from "~/features/connectors/create-connector.server";
import "~/features/connectors/tables";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { compareNow, keepShop, keptForMay, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { openReconciliationPages, type ReconciliationHouse, reconciliationIn } from "~/testing/reconciliation-pages";

describe.each(databases)("reconciliations by pages on %s", (engine) => {
  let house: ReconciliationHouse;
  let scope: Scope;
  let base: string;

  beforeAll(async () => {
    house = await openReconciliationPages(engine);
  });
  beforeEach(async () => {
    ({ scope, base } = await house.newFirm());
  });
  afterAll(() => house.site.close());

  const shop = {
    orders: [shopOrder(1), shopOrder(2), shopOrder(3), shopOrder(4, { total: 123450n })],
    rows: [purchase(1), purchase(2), purchase(3)],
  };

  async function connected(provider: string, name: string, facts?: object): Promise<string> {
    const id = await createConnector(scope, { id: provider }, name);
    await scope.db
      .updateTable("connectors")
      .set({ facts: facts ? toJson({ ...facts }) : null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    return id;
  }

  test("the list says what a reconciliation is, and where to begin", async () => {
    const page = await house.get(base);
    expect(textOf(page)).toContain("It says which orders are missing, why, and what they come to.");
    expect(page.text).toContain(`href="${base}/new"`);
  });

  test("the list shows what the last comparison found, and what is missing comes to", async () => {
    await keepShop(scope, shop, "file:Pottery in Bath");
    const origin = "file:Pottery in Bath";
    const settings = { ...keptForMay, startDay: "2026-05-01" };
    const facts = { orderOrigins: [origin], analyticsOrigin: origin, settings };
    await compareNow(scope, await reconciliation(scope, facts), { lastDay: "2026-05-12" });
    await reconciliation(scope, { name: "Kiln & Clay" });
    const text = textOf(await house.get(base));
    expect(text).toContain("Imported files of Pottery in Bath against Imported files of Pottery in Bath");
    expect(text).toMatch(/Pottery in Bath .* Done .* 75.0% of 4 1 missing, £1,234.50 1 May 2026 – 12 May 2026/);
    expect(text.indexOf("Kiln & Clay")).toBeLessThan(text.indexOf("Pottery in Bath"));
    expect(text).toMatch(/Kiln & Clay .* Being set up/);
  });

  test("where nothing has come in yet, the first step says what to do", async () => {
    const text = textOf(await house.get(`${base}/new`));
    expect(text).toContain("There are no orders: connect Shopify or WooCommerce, or import a file of orders");
    expect(text).toContain("Connect a system");
  });

  test("what there is to compare is offered, proposed where there is one of each, and the rest begins as is usual", async () => {
    const facts = { timeZone: "America/New_York", currency: "USD", daysShown: null, at: "2026-06-01T08:00:00.000Z" };
    const property = await connected("ga4", "Kiln & Clay, GA4", facts);
    await connected("google", "Contacts of the office");
    await keepShop(scope, { orders: shop.orders, rows: [] });
    const page = await house.get(`${base}/new`);
    expect(page.text).toContain('value="Imported files"');
    expect(textOf(page)).toContain("Google Analytics 4 · America/New_York · USD");
    expect(textOf(page)).not.toContain("Contacts of the office");
    const made = await house.post(`${base}/new`, { name: "Kiln & Clay", orders: "file", analytics: property });
    const id = reconciliationIn(made);
    expect([made.status, made.headers.location]).toEqual([303, `${base}/${id}/time-and-money`]);
    expect(await findReconciliation(scope, id)).toMatchObject({
      ...{ name: "Kiln & Clay", analyticsOrigin: property, isSetUp: false },
      settings: { timeZone: "America/New_York", startDay: "2026-03-13", basis: null, scheme: null },
    });
  });

  test.each([
    [{ name: "", orders: "file", analytics: "file" }, "Give it a name."],
    [{ name: "Kiln & Clay", analytics: "file" }, "Choose at least one source of orders."],
    [{ name: "Kiln & Clay", orders: "file" }, "Choose where tracked purchases come from."],
    [{ name: "Kiln & Clay", orders: newId(), analytics: "file" }, "One of these sources is not there any more."],
    [{ name: "k".repeat(101), orders: "file", analytics: "file" }, "Use at most 100 characters for the name."],
  ])("%o is refused in words, and nothing of it is lost", async (form, words) => {
    await keepShop(scope, shop);
    const answer = await house.post(`${base}/new`, form as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(textOf(answer)).toContain(words);
    expect(answer.text).toContain(`value="${form.name.replace("&", "&amp;")}"`);
  });

  test("its sources are changed later, knowing what somebody else changed meanwhile", async () => {
    await keepShop(scope, shop);
    await keepShop(scope, shop, "file:Kiln & Clay");
    const id = await reconciliation(scope);
    const page = `${base}/${id}/sources`;
    const mine = { name: "Kiln & Clay", orders: "file:Kiln & Clay", analytics: "file" };
    const saved = await house.post(page, { ...mine, version: "1" });
    expect([saved.status, saved.headers.location]).toEqual([303, `${base}/${id}/time-and-money`]);
    expect((await findReconciliation(scope, id))?.orderSources).toEqual([
      { origin: "file", isCompared: false },
      { origin: "file:Kiln & Clay", isCompared: true },
    ]);
    const late = await house.post(page, { ...mine, name: "Clay & Kiln", version: "1" });
    expect(late.status).toBe(422);
    expect(textOf(late)).toContain("Somebody else has changed this reconciliation");
    expect(late.text).toContain('value="Clay &amp; Kiln"');
    const version = /name="version" value="(\d+)"/.exec(late.text)?.[1] ?? "";
    expect((await house.post(page, { ...mine, name: "Clay & Kiln", version })).status).toBe(303);
    expect(messageIn(saved).text).toBeUndefined();
  });
});
