/** Deletes a reconciliation, so that it can be brought back for a while. */
import { recordEvent } from "~/features/audit/audit.server";
import { cancelComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { planComparison } from "~/features/reconciliation/schedule/plan-comparison.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

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

/** In the caller's transaction. */
export async function stopWork(scope: Scope, id: string): Promise<void> {
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
      .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", scope.clock.now())]))
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
    .where((eb) => eb.or([eb("one.expires_at", "is", null), eb("one.expires_at", ">", scope.clock.now())]))
    .orderBy("one.deleted_at", "desc")
    .orderBy("one.id")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ deletedAt, ...row }) => ({ ...row, deletedAt: deletedAt ?? "" }));
}
