/** Deletes a reconciliation, so that it can be brought back for a while, and removes it for good after that. */
import { recordEvent } from "~/features/audit/audit.server";
import { cancelComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { planComparison } from "~/features/reconciliation/schedule/plan-comparison.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export const BRING_BACK_DAYS = 30;

export interface Kept {
  comparisons: number;
  findings: number;
  /** Of people, that stand. */
  decisions: number;
}

/** What goes with it. One statement. */
export async function countKept(scope: Scope, id: string): Promise<Kept> {
  const none = { comparisons: 0, findings: 0, decisions: 0 };
  if (scope.ownOnly || !isId(id)) return none;
  const row = await scope.db
    .selectFrom("comparison_runs as run")
    .select((eb) => [
      eb.fn.countAll<number>().as("comparisons"),
      eb.fn.coalesce(eb.fn.sum<number>("run.finding_count"), eb.lit(0)).as("findings"),
      eb
        .selectFrom("reconciliation_decisions as decision")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("decision.account_id", "=", scope.account.id)
        .where("decision.reconciliation_id", "=", id)
        .where("decision.withdrawn_at", "is", null)
        .as("decisions"),
    ])
    .where("run.account_id", "=", scope.account.id)
    .where("run.reconciliation_id", "=", id)
    .executeTakeFirst();
  if (!row) return none;
  return {
    ...{ comparisons: Number(row.comparisons), findings: Number(row.findings) },
    decisions: Number(row.decisions ?? 0),
  };
}

export type Deleted = { ok: true; name: string } | { ok: false };

/** What is at work for it stops. */
export function deleteReconciliation(scope: Scope, id: string): Promise<Deleted> {
  return inTransaction(scope, async (scope): Promise<Deleted> => {
    const row = isId(id) ? await lockReconciliation(scope, id) : undefined;
    if (!row) return { ok: false };
    await stopWork(scope, id);
    await scope.db
      .updateTable("reconciliations")
      .set({ deleted_at: scope.clock.now(), deleted_by: scope.user?.id ?? null, next_run_at: null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await recordEvent(scope, { action: "reconciliation.deleted", subject: { reconciliationId: id } });
    return { ok: true, name: row.name };
  });
}

async function stopWork(scope: Scope, id: string): Promise<void> {
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", id)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  if (run) await cancelComparison(scope, run.id);
}

/** With all that it had, and its times. */
export function bringBackReconciliation(scope: Scope, id: string): Promise<Deleted> {
  return inTransaction(scope, async (scope): Promise<Deleted> => {
    if (!isId(id)) return { ok: false };
    const row = await scope.db
      .updateTable("reconciliations")
      .set({ deleted_at: null, deleted_by: null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .where("deleted_at", "is not", null)
      .returning("name")
      .executeTakeFirst();
    if (!row) return { ok: false };
    await planComparison(scope, id);
    await recordEvent(scope, { action: "reconciliation.brought-back", subject: { reconciliationId: id } });
    return { ok: true, name: row.name };
  });
}

export interface DeletedLine {
  id: string;
  name: string;
  deletedAt: string;
  deletedBy: string | null;
}

const MOST_SHOWN = 100;

/** Those that can be brought back, the last deleted first. */
export async function listDeletedReconciliations(scope: Scope): Promise<DeletedLine[]> {
  if (scope.ownOnly) return [];
  const rows = await scope.db
    .selectFrom("reconciliations as one")
    .leftJoin("users as who", "who.id", "one.deleted_by")
    .select(["one.id", "one.name", "one.deleted_at as deletedAt", "who.name as deletedBy"])
    .where("one.account_id", "=", scope.account.id)
    .where("one.deleted_at", "is not", null)
    .orderBy("one.deleted_at", "desc")
    .orderBy("one.id")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ deletedAt, ...row }) => ({ ...row, deletedAt: deletedAt ?? "" }));
}

/** So many findings go in a statement: nobody is held up for long. */
const FINDINGS_AT_ONCE = 4_000;

/** Removes those for good that were deleted long enough ago, with all that they had. Not within a transaction. */
export async function removeDeletedReconciliations(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("reconciliations")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "<", later(scope.clock.now(), -BRING_BACK_DAYS * DAY_MS))
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
    const tables = ["report_links", "report_recipients", "comparison_runs", "reconciliation_decisions"] as const;
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
