/** Quick audits from two files to their comparison, and what is left of them after a day. */
import { beforeEach, describe, expect, test } from "vitest";
import { askToRead, keepAudit } from "~/features/reconciliation/audit/ask-to-read.server";
import { findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { readAudit } from "~/features/reconciliation/audit/read-audit.server";
import { beginAudit, chooseAuditColumns } from "~/features/reconciliation/audit/take-files.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { listRecords } from "~/features/reconciliation/records/list-records.server";
import { findResult } from "~/features/reconciliation/results/find-result.server";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { fileOrigins } from "~/features/reconciliation/set-up/sources.server";
import { sweepReconciliations } from "~/features/reconciliation/sweep-reconciliations.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { analyticsFile, askedAudit, audited, shopifyFile, takeText } from "~/testing/given-audits";

const signal = new AbortController().signal;
const tables = ["orders", "transactions", "audits", "audit_files", "audit_refusals", "files", "file_chunks"] as const;
const ofRuns = ["reconciliations", "comparison_runs", "comparison_log", "findings"] as const;

describe.each(databases)("a quick audit on %s", (engine) => {
  let clock: TestClock;
  let scope: Scope;

  beforeEach(async () => {
    clock = testClock("2026-06-10T09:00:00.000Z");
    scope = await given.scope(engine, "admin", { clock });
  });

  const sizes = async (names: readonly (typeof tables | typeof ofRuns)[number][]) =>
    Promise.all(
      names.map(async (table) => {
        const rows = await scope.db
          .selectFrom(table as "orders")
          .select("account_id")
          .where("account_id", "=", scope.account.id)
          .execute();
        return rows.length;
      }),
    );

  async function compared(id: string) {
    const { atWork } = (await findResult(scope, { reconciliationId: id, runId: null })) ?? {};
    await carryOut(scope, atWork?.id ?? "", { providers: new Map(), signal });
    const result = await findResult(scope, { reconciliationId: id, runId: null });
    if (!result?.run) throw new Error("Nothing was compared");
    return result.run;
  }

  test("of Shopify’s and Google’s own exports asks nothing, and says what agrees", async () => {
    const id = await audited(scope);
    const audit = await findAudit(scope, id);
    expect(audit).toMatchObject({
      ...{ name: "orders_export.csv against purchases.csv", state: "done", expiresAt: "2026-06-11T09:00:00.000Z" },
      files: {
        orders: { rows: 5, refused: 1, settings: { layout: "Shopify" } },
        transactions: { rows: 3, refused: 0, settings: { layout: "Google Analytics 4" } },
      },
    });
    const { figures, firstDay, lastDay } = await compared(id);
    expect([firstDay, lastDay]).toEqual(["2026-05-04", "2026-05-06"]);
    expect(figures.orders).toMatchObject({ matched: 1, "value-mismatch": 1, missing: 1 });
    expect(figures.rows).toMatchObject({ primary: 2, "unusable-id": 1 });
  });

  test("tells which rows were refused and why, in a line of the file", async () => {
    const id = await audited(scope);
    const refused = await scope.db
      .selectFrom("audit_refusals")
      .selectAll()
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(refused).toMatchObject([
      { reconciliation_id: id, side: "orders", line: 6, column_name: "Currency", value: "XXQ", position: 1 },
    ]);
    expect(refused[0]?.reason).toContain("is no currency that is in use");
  });

  test("asks for the mark and the currency where the file leaves them open, and guesses neither", async () => {
    const id = await beginAudit(scope);
    await takeText(scope, id, ["orders", "orders_export.csv", shopifyFile]);
    await takeText(scope, id, ["transactions", "bought.csv", 'Transaction ID;Date;Value\n1001;20260504;"1,234"\n']);
    expect(await askToRead(scope, id)).toEqual({ ok: false, reason: "not-ready" });
    const file = (await findAudit(scope, id))?.files.transactions;
    if (!file) throw new Error("It was not taken");
    expect(file.settings).toMatchObject({ isMarkOpen: true, decimalMark: null, layout: null });
    const about = { reconciliationId: id, side: "transactions" as const, file };
    const { mapping } = file.settings;
    expect(await chooseAuditColumns(scope, about, { mapping, currency: "", decimalMark: null })).toMatchObject({
      ...{ ok: false, lacks: { currency: true, decimalMark: true } },
    });
    expect(await chooseAuditColumns(scope, about, { mapping, currency: "GBP", decimalMark: "." })).toEqual({
      ok: true,
    });
    expect(await askToRead(scope, id)).toEqual({ ok: true });
    await readAudit(scope, id, signal);
    const rows = await scope.db
      .selectFrom("transactions")
      .select(["currency", "value_minor"])
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(rows).toEqual([{ currency: "GBP", value_minor: 123_400n }]);
  });

  test("leaves the firm’s own orders and other audits alone", async () => {
    const [one, other] = [
      await audited(scope),
      await audited(scope, { transactions: analyticsFile.replace("59.00", "60.00") }),
    ];
    expect((await compared(one)).figures.orders).toMatchObject({ matched: 1, "value-mismatch": 1 });
    expect((await compared(other)).figures.orders).toMatchObject({ matched: 2, "value-mismatch": 0 });
    expect((await listRecords(scope, orderKind, { connectorId: null, after: null })).rows).toEqual([]);
    expect(await fileOrigins(scope, orderKind)).toEqual([]);
  });

  test("read again from the beginning has each row once, and an earlier worker can write no more", async () => {
    const id = await askedAudit(scope);
    const stopped = new AbortController();
    stopped.abort();
    await expect(readAudit(scope, id, stopped.signal)).rejects.toThrow();
    expect((await findAudit(scope, id))?.state).toBe("reading");
    await readAudit(scope, id, signal);
    await readAudit(scope, id, signal);
    expect(await sizes(["orders", "transactions", "audit_refusals", "comparison_runs"])).toEqual([3, 3, 1, 1]);
  });

  test("that nobody saves leaves nothing behind after a day", async () => {
    const id = await audited(scope);
    await compared(id);
    clock.set("2026-06-11T08:59:00.000Z");
    await sweepReconciliations(scope);
    expect(await findAudit(scope, id)).not.toBeNull();
    clock.set("2026-06-11T09:01:00.000Z");
    await sweepReconciliations(scope);
    expect(await sizes([...tables, ...ofRuns])).toEqual([...tables, ...ofRuns].map(() => 0));
  });

  test("that was saved stays, without its files", async () => {
    const id = await audited(scope);
    await compared(id);
    expect(await keepAudit(scope, id)).toEqual({ ok: true });
    clock.set("2026-07-20T09:01:00.000Z");
    await sweepReconciliations(scope);
    expect(await sizes(["orders", "transactions", "comparison_runs", "files"])).toEqual([3, 3, 1, 0]);
    expect(await findAudit(scope, id)).toMatchObject({ expiresAt: null, files: { orders: { fileId: null } } });
  });

  test("of a file without a single row that can be read says so, and compares nothing", async () => {
    const id = await audited(scope, {
      transactions: "Transaction ID,Date,Currency,Purchase revenue\n1001,soon,GBP,1.00\n",
    });
    expect(await findAudit(scope, id)).toMatchObject({ state: "failed", files: { transactions: { refused: 1 } } });
    expect((await findAudit(scope, id))?.problem).toContain("No row of the file of tracked purchases could be read.");
    expect(await sizes(["comparison_runs"])).toEqual([0]);
  });
});
