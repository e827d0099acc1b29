/** Comparisons of a reconciliation by their pages: asked for, looked at while they are at work and when they ended. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { findComparison } from "~/features/reconciliation/runs/list-comparisons.server";
import { advance, openComparison } from "~/features/reconciliation/runs/open-comparison.server";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";
import { textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { askedFor, compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { openReconciliationPages, type ReconciliationHouse } from "~/testing/reconciliation-pages";

describe.each(databases)("comparisons by pages on %s", (engine) => {
  let house: ReconciliationHouse;
  let scope: Scope;
  let id: string;
  let page: string;

  beforeAll(async () => {
    house = await openReconciliationPages(engine);
  });
  beforeEach(async () => {
    const firm = await house.newFirm();
    scope = firm.scope;
    id = await reconciliation(scope);
    page = `${firm.base}/${id}`;
  });
  afterAll(() => house.site.close());

  const keep = () =>
    keepShop(scope, { orders: [shopOrder(1), shopOrder(2), shopOrder(3)], rows: [purchase(1), purchase(2)] });
  const runIn = (location: string | undefined) => /runs\/([0-9a-f-]{36})$/.exec(location ?? "")?.[1] ?? "";
  const work = (runId: string) =>
    carryOut(scope, runId, { providers: new Map(), signal: new AbortController().signal });

  test("where nothing has come in, it says what to do first, and none is begun", async () => {
    const words = "There is nothing to compare yet. Neither orders nor tracked purchases are there.";
    expect(textOf(await house.get(`${page}/runs`))).toContain(words);
    const answer = await house.post(`${page}/runs`, { firstDay: "", lastDay: "" });
    expect([answer.status, textOf(answer).includes(words)]).toEqual([422, true]);
    await keepShop(scope, { orders: [shopOrder(1)], rows: [] });
    expect(textOf(await house.get(`${page}/runs`))).toContain("Its analytics has brought no tracked purchases.");
  });

  test("one is asked for by its days, worked at, and listed with what it found", async () => {
    await keep();
    expect((await findReconciliation(scope, id))?.isSetUp).toBe(false);
    const asked = await house.post(`${page}/runs`, { firstDay: "2026-05-10", lastDay: "2026-05-12" });
    const runId = runIn(asked.headers.location);
    expect([asked.status, asked.headers.location]).toEqual([303, `${page}/runs/${runId}`]);
    expect((await findReconciliation(scope, id))?.isSetUp).toBe(true);
    const waiting = await house.get(`${page}/runs/${runId}`);
    expect(textOf(waiting)).toContain("It waits for its turn.");
    expect(waiting.headers.refresh).toBe("2");
    await work(runId);
    const done = await house.get(`${page}/runs/${runId}`);
    expect(done.headers.refresh).toBeUndefined();
    expect(textOf(done)).toContain("Comparison of 10 May 2026 – 12 May 2026");
    expect(textOf(done)).toMatch(/Orders read 3 Tracked purchases read 2 Findings 1/);
    expect(textOf(done)).toContain("Read 3 orders and 2 tracked purchases.");
    expect(textOf(await house.get(`${page}/runs`))).toMatch(/Done .* 10 May 2026 – 12 May 2026 3 2 1 66.7%/);
  });

  test("while it is at work its page says how far it is, refreshes by itself until that is stopped, and can cancel it", async () => {
    await keep();
    const runId = await askedFor(scope, id);
    const open = await openComparison(scope, runId);
    if (!open) throw new Error("The run is gone");
    await advance(scope, open, { phase: "orders", order_count: 20_000, row_count: 1_500 });
    const text = textOf(await house.get(`${page}/runs/${runId}?refresh=off`));
    expect(text).toContain("It reads the orders.");
    expect(text).toContain("21,500 orders and tracked purchases read so far");
    expect((await house.get(`${page}/runs/${runId}?refresh=off`)).headers.refresh).toBeUndefined();
    const second = await house.post(`${page}/runs`, { firstDay: "", lastDay: "" });
    expect(second.status).toBe(422);
    expect(textOf(second)).toContain("A comparison is at work already, or waits for its turn.");
    const cancelled = await house.post(`${page}/runs/${runId}/cancellation`);
    expect([cancelled.status, cancelled.headers.location]).toEqual([303, `${page}/runs/${runId}`]);
    expect(textOf(await house.get(`${page}/runs/${runId}`))).toContain("It stops at the next step.");
    await work(runId);
    expect(textOf(await house.get(`${page}/runs/${runId}`))).toContain("Cancelled. Nothing of it is kept.");
    // Too late is no fault.
    expect((await house.post(`${page}/runs/${runId}/cancellation`)).status).toBe(303);
    expect((await findComparison(scope, id, runId))?.state).toBe("cancelled");
  });

  test("its figures are there for programs, of one that is done", async () => {
    await keep();
    const runId = await compareNow(scope, id);
    const answer = await house.get(`${page}/runs/${runId}/figures.json`);
    expect(answer.headers["content-type"]).toContain("application/json");
    expect(JSON.parse(answer.text)).toMatchObject({
      ...{ reconciliation: { id, name: "Pottery in Bath" }, firstDay: "2026-05-01", lastDay: "2026-06-10" },
      figures: { orders: { matched: 2 }, rates: { settled: 3 } },
      settings: { analyticsOrigin: "file" },
    });
    const other = await askedFor(scope, id);
    expect((await house.get(`${page}/runs/${other}/figures.json`)).status).toBe(404);
  });

  test.each([
    [{ firstDay: "1 May", lastDay: "" }, "Enter a day, such as 2026-05-01."],
    [{ firstDay: "2026-05-31", lastDay: "2026-05-01" }, "The last day comes before the first."],
    [{ firstDay: "2026-04-01", lastDay: "2026-04-30" }, "Nothing from before 2026-05-01 is compared."],
    [{ firstDay: "2026-08-01", lastDay: "2026-08-31" }, "The first day is still to come."],
  ])("%o is refused in words, and nothing of it is lost", async (days, words) => {
    await keep();
    const answer = await house.post(`${page}/runs`, days);
    expect(answer.status).toBe(422);
    expect(textOf(answer)).toContain(words);
    for (const day of Object.values(days)) expect(answer.text).toContain(`value="${day}"`);
  });

  test("a run of another reconciliation is not at this address", async () => {
    await keep();
    const other = await askedFor(scope, await reconciliation(scope, { name: "Kiln & Clay" }));
    expect((await house.get(`${page}/runs/${other}`)).status).toBe(404);
    expect((await house.get(`${page}/runs/no-run`)).status).toBe(404);
  });
});
