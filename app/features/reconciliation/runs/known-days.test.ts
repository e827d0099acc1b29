/** Of which days an analytics has told everything, and what a comparison makes of it. */
import { describe, expect, test } from "vitest";
import { createConnector } from "~/features/connectors/create-connector.server";
import { ga4 } from "~/features/connectors/providers/ga4/ga4";
import "~/features/connectors/tables";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { knownDays } from "~/features/reconciliation/runs/known-days.server";
import "~/features/reconciliation/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

const providers = new Map([[ga4.id, ga4]]);
const month = { firstDay: "2026-05-01", lastDay: "2026-05-31" };

/** Read from 10 May through 20 May; of the 12th Google counted only a sample. */
const since = {
  ...{ from: "2026-05-10", through: "2026-05-20", zone: "Europe/Berlin", currency: "GBP" },
  ...{ doubts: { "2026-05-12": ["sample"] }, quota: {} },
};

describe.each(databases)("days of analytics on %s", (engine) => {
  async function property(cursors = {}) {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    const connectorId = await createConnector(scope, ga4, "Pottery's property");
    await update(scope, connectorId, { cursors: toJson(cursors) });
    return { scope, connectorId };
  }

  function update(scope: Scope, connectorId: string, facts: { cursors?: string; deleted_at?: string }) {
    return scope.db
      .updateTable("connectors")
      .set(facts)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
  }

  async function compared(scope: Scope, connectorId: string) {
    const id = await reconciliation(scope, { analyticsOrigin: connectorId });
    const runId = await askedFor(scope, id, month);
    return { runId, carry: () => carryOut(scope, runId, { providers, signal: new AbortController().signal }) };
  }

  async function runOf(scope: Scope, runId: string) {
    const row = await scope.db
      .selectFrom("comparison_runs")
      .select(["state", "problem", "figures"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
    return { ...row, figures: row.figures === null ? null : fromJson<Figures>(row.figures) };
  }

  test("are those that the system says it has told wholly", async () => {
    const { scope, connectorId } = await property({ transactions: since });
    expect(await knownDays(scope, connectorId, providers)).toEqual({
      days: { from: "2026-05-10", through: "2026-05-20", doubtful: new Set(["2026-05-12"]) },
      timeZone: "Europe/Berlin",
    });
  });

  test("are none before it was read, or where its reading has to begin anew", async () => {
    const { scope, connectorId } = await property();
    expect(await knownDays(scope, connectorId, providers)).toEqual({ days: null, timeZone: null });
  });

  test("of files are those from the first with a row to the last", async () => {
    const { scope } = await property();
    const rows = ["2026-05-20", "2026-05-03", "2026-05-09"].map((at, n) => purchase(n, { at }));
    await keepShop(scope, { orders: [], rows });
    const days = { from: "2026-05-03", through: "2026-05-20", doubtful: new Set() };
    expect(await knownDays(scope, "file", providers)).toEqual({ days, timeZone: null });
  });

  test("that are not known leave orders unverifiable, and only the others missing", async () => {
    const { scope, connectorId } = await property({ transactions: since });
    const at = (day: string) => ({ createdAt: `2026-05-${day}T10:00:00.000Z` });
    const orders = ["09", "11", "12", "13", "21"].map((day, n) => shopOrder(n, at(day)));
    await keepShop(scope, { orders, rows: [] });
    const { runId, carry } = await compared(scope, connectorId);
    await carry();
    expect((await runOf(scope, runId)).figures?.orders).toMatchObject({ unverifiable: 3, missing: 2 });
    const log = await scope.db
      .selectFrom("comparison_log")
      .select("text")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .execute();
    expect(log.map(({ text }) => text)).toContain(
      "The analytics keeps its days in Europe/Berlin, and the comparison in Europe/London.",
    );
  });

  test("of a connector that was deleted are not compared", async () => {
    const { scope, connectorId } = await property({ transactions: since });
    const { runId, carry } = await compared(scope, connectorId);
    await update(scope, connectorId, { deleted_at: scope.clock.now() });
    await carry();
    expect(await runOf(scope, runId)).toMatchObject({ state: "failed", figures: null });
    expect((await runOf(scope, runId)).problem).toContain("was deleted");
  });
});
