/** Comparisons from what is stored, on both databases: set up, run, decided about, run again. */
import { describe, expect, test } from "vitest";
import { verifyChain } from "~/features/audit/audit.server";
import { subjects } from "~/composition.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { openRun } from "~/features/pipeline/run/open-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { decide, standingDecisions, withdrawDecision } from "~/features/reconciliation/decisions/decisions.server";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { carryOut, giveUpComparison } from "~/features/reconciliation/runs/carry-out.server";
import { openComparison, writeFindings } from "~/features/reconciliation/runs/open-comparison.server";
import { cancelComparison, startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { sweepComparisons } from "~/features/reconciliation/runs/sweep-comparisons.server";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { createReconciliation, saveReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import { fromJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, compareNow, keepShop, keptForMay, pottery, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

const world = { providers: new Map(), signal: new AbortController().signal };

/** Ten orders of a May: of the first eight one comes twice, one over 10p off; 1009 is in the shop's till, 1010 missing. */
const orders = Array.from({ length: 10 }, (_, n) =>
  shopOrder(1001 + n, { channel: n === 8 ? "pos" : "web", paymentMethod: n === 9 ? "paypal" : "card" }),
);
const rows = [
  ...Array.from({ length: 8 }, (_, n) => purchase(1001 + n, { value: n === 1 ? 5205n : 5195n })),
  purchase(1003, { id: "again", at: "2026-05-12T10:20:00.000Z" }),
  purchase(4711, { id: "alien", at: "2026-05-14T09:00:00.000Z", value: 999n }),
  // The analytics knows of the whole month.
  purchase(1, { id: "first", at: "2026-05-01T09:00:00.000Z", value: 1n }),
  purchase(2, { id: "last", at: "2026-05-31T09:00:00.000Z", value: 1n }),
];
const month = { firstDay: "2026-05-01", lastDay: "2026-05-31" };

async function runOf(scope: Scope, runId: string) {
  const row = await scope.db
    .selectFrom("comparison_runs")
    .selectAll()
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  return { ...row, figures: row.figures === null ? null : fromJson<Figures>(row.figures) };
}

function findingsIn(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("findings")
    .selectAll()
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .orderBy("position")
    .execute();
}

async function linesOf(scope: Scope, runId: string) {
  const found = await findingsIn(scope, runId);
  return found.map((line) => [line.side, line.bucket, line.order_key?.slice(-4) ?? line.row_id, line.cause]);
}

async function logOf(scope: Scope, runId: string) {
  const lines = await scope.db
    .selectFrom("comparison_log")
    .select("text")
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .orderBy("id")
    .execute();
  return lines.map(({ text }) => text);
}

const untracked = { ...keptForMay, untrackedChannels: ["pos"] };

describe.each(databases)("a comparison on %s", (engine) => {
  async function shop() {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    await keepShop(scope, { orders, rows });
    return { scope, id: await reconciliation(scope, { settings: untracked }) };
  }

  test("keeps what is not plainly matched, and figures that close to nothing", async () => {
    const { scope, id } = await shop();
    const runId = await compareNow(scope, id, month);
    expect(await linesOf(scope, runId)).toEqual([
      ["order", "value-mismatch", "1002", "unknown"],
      ["order", "excluded", "1009", "channel-not-tracked"],
      ["order", "missing", "1010", "unknown"],
      ["row", "unexpected", "first", ""],
      ["row", "duplicate", "1003", ""],
      ["row", "unexpected", "alien", ""],
      ["row", "unexpected", "last", ""],
    ]);
    const { state, figures, finding_count, order_count, row_count } = await runOf(scope, runId);
    expect({ state, finding_count, order_count, row_count }).toEqual({
      ...{ state: "done", finding_count: 7, order_count: 10, row_count: 12 },
    });
    expect(figures?.orders).toMatchObject({ matched: 7, "value-mismatch": 1, missing: 1, excluded: 1 });
    expect(figures?.excluded).toMatchObject({ "channel-not-tracked": 1 });
    expect(figures?.currencies[0]?.bridge).toMatchObject({ shop: "46755", analytics: "47766", remainder: "0" });
    expect(figures?.scheme).toBe("name");
    expect(await logOf(scope, runId)).toEqual([
      "Started.",
      "Read 10 orders and 12 tracked purchases.",
      "Kept 7 findings. Done.",
    ]);
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("keeps of a finding what a person looks for", async () => {
    const { scope, id } = await shop();
    const found = await findingsIn(scope, await compareNow(scope, id, month));
    expect(found[0]).toMatchObject({
      ...{ day: "2026-05-12", at: "2026-05-12T10:15:00.000Z", payment_method: "card", channel: "web" },
      ...{ order_key: "0:gid://shopify/Order/4507894691002", row_id: "row-1002", key_type: "name" },
      ...{ currency: "GBP", amount_minor: 5195n, tracked_currency: "GBP", tracked_minor: 5205n },
    });
    expect(found[4]).toMatchObject({ row_id: "again", payment_method: "card", amount_minor: 5195n });
  });

  test("says the same of the same, and goes by what was decided until that is withdrawn", async () => {
    const { scope, id } = await shop();
    const first = await runOf(scope, await compareNow(scope, id, month));
    const decision = { kind: "match", orderId: "0:gid://shopify/Order/4507894691010", rowId: "alien" } as const;
    const decided = await decide(scope, id, decision);
    expect(await standingDecisions(scope, id)).toEqual([decision]);
    const second = await compareNow(scope, id, month);
    expect((await runOf(scope, second)).hash).not.toBe(first.hash);
    const line = (await findingsIn(scope, second)).find(({ order_key }) => order_key === decision.orderId);
    expect(line).toMatchObject({ bucket: "value-mismatch", row_id: "alien", key_type: "decision" });
    const about = { ok: true, orderKey: expect.any(String) as string };
    expect(await withdrawDecision(scope, id, decided.ok ? decided.id : "")).toMatchObject(about);
    expect(await withdrawDecision(scope, id, decided.ok ? decided.id : "")).toMatchObject(about);
    expect(await withdrawDecision(scope, id, newId())).toEqual({ ok: false });
    const third = await runOf(scope, await compareNow(scope, id, month));
    expect(third.hash).toBe(first.hash);
    expect(third.figures).toEqual(first.figures);
  });

  test("sets aside what people set aside, with their reason", async () => {
    const { scope, id } = await shop();
    const order = {
      kind: "set-order-aside",
      orderId: "0:gid://shopify/Order/4507894691010",
      reason: "By phone",
    } as const;
    const row = { kind: "set-row-aside", rowId: "alien", reason: "Our own trial of the tag" } as const;
    for (const decision of [order, row]) await decide(scope, id, decision);
    expect(await standingDecisions(scope, id)).toEqual([order, row]);
    const found = await findingsIn(scope, await compareNow(scope, id, month));
    expect(found.find(({ order_key }) => order_key === order.orderId)).toMatchObject({ cause: "set-aside" });
    expect(found.find(({ row_id }) => row_id === "alien")?.flags).toBe('["setAside"]');
  });

  test("finds the basis on which most are equal", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    const net = rows.map((row) => ({ ...row, value: row.value - 1195n }));
    await keepShop(scope, { orders, rows: net });
    const id = await reconciliation(scope, { settings: { ...untracked, basis: null } });
    const { figures } = await runOf(scope, await compareNow(scope, id, month));
    expect(figures).toMatchObject({ basis: "total-tax-shipping", orders: { matched: 7 } });
    expect(figures?.basisShares[0]).toEqual({ basis: "total-tax-shipping", equal: 6, share: 6 / 7 });
  });

  test("calls nothing missing on days of which the analytics has told nothing", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    await keepShop(scope, { orders, rows: rows.filter(({ id }) => id === "last") });
    const runId = await compareNow(scope, await reconciliation(scope), month);
    expect((await runOf(scope, runId)).figures?.orders).toMatchObject({ unverifiable: 10, missing: 0 });
    expect(await logOf(scope, runId)).toContain(
      "The analytics has not told everything of 30 days, so nothing then is called missing.",
    );
  });

  test("tells two shops' orders of one name apart", async () => {
    const { scope } = await shop();
    await keepShop(scope, { orders: [shopOrder(1001, { total: 100n })], rows: [] }, "file:Bristol");
    const id = await reconciliation(scope, { orderOrigins: ["file", "file:Bristol"] });
    const found = await findingsIn(scope, await compareNow(scope, id, month));
    const ambiguous = found.filter(({ bucket, side }) => bucket === "ambiguous" && side === "order");
    expect(ambiguous.map(({ order_key }) => order_key)).toEqual([
      "0:gid://shopify/Order/4507894691001",
      "1:gid://shopify/Order/4507894691001",
    ]);
  });

  test("explains a row by an order of the day before, and reads a late hit of the last day", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    const [before, last] = [shopOrder(1, { createdAt: "2026-05-09T22:59:00.000Z" }), shopOrder(2)];
    await keepShop(scope, {
      orders: [before, { ...last, createdAt: "2026-05-12T22:59:00.000Z" }],
      rows: [purchase(1, { at: "2026-05-09T23:01:00.000Z" }), purchase(2, { at: "2026-05-12T23:01:00.000Z" })],
    });
    const days = { firstDay: "2026-05-10", lastDay: "2026-05-12" };
    const runId = await compareNow(scope, await reconciliation(scope), days);
    expect(await linesOf(scope, runId)).toEqual([["row", "out-of-window-hit", "0001", ""]]);
    expect((await runOf(scope, runId)).figures?.orders).toMatchObject({ matched: 1, excluded: 1 });
  });

  test("leaves out what no number holds exactly, and says so", async () => {
    const { scope, id } = await shop();
    await keepShop(scope, { orders: [shopOrder(3000, { total: 2n ** 60n })], rows: [] });
    const runId = await compareNow(scope, id, month);
    expect(await logOf(scope, runId)).toContain(
      "Left out 1 order and 0 tracked purchases that cannot be compared exactly.",
    );
  });

  test("says when a source was brought in meanwhile", async () => {
    const { scope, id } = await shop();
    const words = "A source was being brought in while it was compared: compare again when that is done.";
    const sheet = "Order ID,Order date,Currency,Total\n5001,2026-03-01T10:00:00Z,EUR,119.00\n";
    const file = { name: "shop.csv", mediaType: "text/csv", bytes: bytesOf(sheet) };
    const uploaded = await uploadFile(scope, orderSubject, file);
    if (!uploaded.ok) throw new Error(uploaded.reason);
    expect(await logOf(scope, await compareNow(scope, id, month))).not.toContain(words);
    await startRun(scope, uploaded.runId);
    await openRun(scope, subjects, uploaded.runId);
    expect(await logOf(scope, await compareNow(scope, id, month))).toContain(words);
  });

  test("is one at a time, of days that there are", async () => {
    const { scope, id } = await shop();
    const runId = await askedFor(scope, id);
    expect(await startComparison(scope, id)).toEqual({ ok: false, reason: "at-work" });
    expect(await runOf(scope, runId)).toMatchObject({ first_day: "2026-05-01", last_day: "2026-06-10" });
    await carryOut(scope, runId, world);
    const never = { firstDay: "2026-05-01", lastDay: "2026-02-31" };
    expect(await startComparison(scope, id, never)).toEqual({ ok: false, reason: "no-days" });
    const turned = { firstDay: "2026-05-20", lastDay: "2026-05-10" };
    expect(await startComparison(scope, id, turned)).toEqual({ ok: false, reason: "no-days" });
    expect(await startComparison(scope, newId())).toEqual({ ok: false, reason: "not-found" });
  });

  test("that is cancelled keeps nothing, before it began and while it is at work", async () => {
    const { scope, id } = await shop();
    const waiting = await askedFor(scope, id, month);
    expect(await cancelComparison(scope, waiting)).toEqual({ ok: true });
    expect(await cancelComparison(scope, waiting)).toEqual({ ok: false });
    await carryOut(scope, waiting, world);
    expect(await runOf(scope, waiting)).toMatchObject({ state: "cancelled", started_at: null });
    const working = await askedFor(scope, id, month);
    expect(await openComparison(scope, working)).not.toBeNull();
    expect(await cancelComparison(scope, working)).toEqual({ ok: true });
    await carryOut(scope, working, world);
    expect(await runOf(scope, working)).toMatchObject({ state: "cancelled", figures: null, hash: null });
    expect(await findingsIn(scope, working)).toEqual([]);
    expect(await logOf(scope, working)).toContain("Cancelled. Nothing of it is kept.");
  });

  test("goes by the last worker that took it up: an older one writes no more", async () => {
    const { scope, id } = await shop();
    const spared = await compareNow(scope, id, month);
    const runId = await askedFor(scope, id, month);
    const older = await openComparison(scope, runId);
    if (!older) throw new Error("It was not there");
    const [first] = await findingsIn(scope, spared);
    const { account_id: _, run_id: __, position: ___, ...facts } = first!;
    const write = () => writeFindings(scope, older, { findings: [facts], signal: world.signal });
    await write();
    await carryOut(scope, runId, world);
    expect(await logOf(scope, runId)).toContain("Begun anew, after it was interrupted.");
    await expect(write()).rejects.toThrow("Another worker");
    const bare = (found: Awaited<ReturnType<typeof findingsIn>>) => found.map((line) => ({ ...line, run_id: "" }));
    expect(bare(await findingsIn(scope, runId))).toEqual(bare(await findingsIn(scope, spared)));
    expect((await runOf(scope, runId)).hash).toBe((await runOf(scope, spared)).hash);
  });

  test("that nobody goes on with is given up, and says so", async () => {
    const { scope, id } = await shop();
    const runId = await askedFor(scope, id, month);
    await sweepComparisons(scope);
    expect((await runOf(scope, runId)).state).toBe("queued");
    await giveUpComparison(scope, runId);
    expect(await runOf(scope, runId)).toMatchObject({ state: "failed", problem_reference: scope.requestId });
    expect(await startComparison(scope, id, month)).toMatchObject({ ok: true });
  });

  test("does not ask the database once for each order", async () => {
    const { scope, id } = await shop();
    const runId = await askedFor(scope, id, month);
    let statements = 0;
    const db = countingHandle(scope.db, () => (statements += 1));
    await carryOut({ ...scope, db }, runId, world);
    expect(statements).toBeLessThan(30);
  });

  test("is set up once more by whoever saw how it is", async () => {
    const { scope, id } = await shop();
    const facts = { ...pottery, name: "Pottery", orderOrigins: ["file:Bristol"] };
    expect(await saveReconciliation(scope, id, { ...facts, version: 1 })).toEqual({ ok: true });
    expect(await saveReconciliation(scope, id, { ...facts, version: 1 })).toEqual({ ok: false, reason: "changed" });
    expect(await findReconciliation(scope, id)).toMatchObject({
      ...{ name: "Pottery", version: 2 },
      orderSources: [
        { origin: "file", isCompared: false },
        { origin: "file:Bristol", isCompared: true },
      ],
    });
    const stranger = { ...pottery, analyticsOrigin: newId() };
    expect(await createReconciliation(scope, stranger)).toEqual({ ok: false, reason: "no-source" });
    const nothing = { ...pottery, orderOrigins: [], version: 2 };
    expect(await saveReconciliation(scope, id, nothing)).toEqual({ ok: false, reason: "no-source" });
  });
});
