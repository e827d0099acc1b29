/** Removes reconciliations for good: those that were deleted long enough ago, and audits that nobody has saved. */
import { recordEvent } from "~/features/audit/audit.server";
import { removeAudit, removeAuditRows } from "~/features/reconciliation/audit/audit-rows.server";
import { BRING_BACK_DAYS, stopWork } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** So many findings go in a statement: nobody is held up for long. */
const FINDINGS_AT_ONCE = 4_000;

/** Audits that nobody has saved are nobody's to see once their day is over, and are removed next. */
export async function endExpiredAudits(scope: Scope): Promise<void> {
  const now = scope.clock.now();
  const rows = await scope.db
    .selectFrom("reconciliations")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("expires_at", "<", now)
    .where("deleted_at", "is", null)
    .execute();
  for (const { id } of rows) {
    await inTransaction(scope, async (scope) => {
      const row = await scope.db
        .updateTable("reconciliations")
        .set({ deleted_at: now, next_run_at: null })
        .where("account_id", "=", scope.account.id)
        .where("id", "=", id)
        .where("expires_at", "<", now)
        .where("deleted_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      // Saved meanwhile.
      if (!row) return;
      await stopWork(scope, id);
      await recordEvent(scope, { action: "audit.expired", subject: { reconciliationId: id } });
    });
  }
}

/** Removes those for good that were deleted long enough ago, with all that they had. Not within a transaction. */
export async function removeDeletedReconciliations(scope: Scope): Promise<void> {
  const now = scope.clock.now();
  const rows = await scope.db
    .selectFrom("reconciliations")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is not", null)
    .where((eb) => eb.or([eb("deleted_at", "<", later(now, -BRING_BACK_DAYS * DAY_MS)), eb("expires_at", "<", now)]))
    .execute();
  for (const { id } of rows) {
    const runs = await scope.db
      .selectFrom("comparison_runs")
      .select(["id", "state"])
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", id)
      .execute();
    // One that is still stopping is left to the next time.
    if (runs.some(({ state }) => state === "queued" || state === "running")) continue;
    for (const run of runs) await removeFindingsOf(scope, run.id);
    await removeAuditRows(scope, id);
    await removeRest(scope, id);
  }
}

async function removeFindingsOf(scope: Scope, runId: string): Promise<void> {
  for (;;) {
    const last = await scope.db
      .selectFrom("findings")
      .select("position")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .orderBy("position")
      .offset(FINDINGS_AT_ONCE - 1)
      .limit(1)
      .executeTakeFirst();
    await scope.db
      .deleteFrom("findings")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .$if(last !== undefined, (query) => query.where("position", "<=", last?.position ?? 0))
      .execute();
    if (!last) return;
  }
}

function removeRest(scope: Scope, id: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    await removeAudit(scope, id);
    await scope.db
      .deleteFrom("comparison_log")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "in", (eb) =>
        eb
          .selectFrom("comparison_runs as run")
          .select("run.id")
          .where("run.account_id", "=", scope.account.id)
          .where("run.reconciliation_id", "=", id),
      )
      .execute();
    const tables = [
      "report_links",
      "report_recipients",
      "annotations",
      "comparison_runs",
      "reconciliation_decisions",
    ] as const;
    for (const table of tables) {
      await scope.db
        .deleteFrom(table)
        .where("account_id", "=", scope.account.id)
        .where("reconciliation_id", "=", id)
        .execute();
    }
    await scope.db
      .deleteFrom("reconciliations")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await recordEvent(scope, { action: "reconciliation.removed", subject: { reconciliationId: id } });
  });
}
