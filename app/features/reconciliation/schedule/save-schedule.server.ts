import { recordEvent } from "~/features/audit/audit.server";
import { type RunSchedule, runSchedule } from "~/features/connectors/schedule/run-schedule";
import { planComparison } from "~/features/reconciliation/schedule/plan-comparison.server";
import { endSetUp, lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface ScheduledReconciliation {
  id: string;
  name: string;
  schedule: RunSchedule;
  /** False: nobody has said yet when it is to compare. */
  isChosen: boolean;
  isSetUp: boolean;
  /** Null: not by itself. */
  nextRunAt: string | null;
  version: number;
}

/** Null: there is none, or whoever asks sees only their own contacts. */
export async function findScheduledReconciliation(scope: Scope, id: string): Promise<ScheduledReconciliation | null> {
  if (scope.ownOnly || !isId(id)) return null;
  const row = await scope.db
    .selectFrom("reconciliations")
    .select(["name", "schedule", "next_run_at as nextRunAt", "set_up_at", "version"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { schedule, set_up_at, ...facts } = row;
  const said = fromJson<object>(schedule);
  return {
    ...{ id, ...facts, schedule: runSchedule.parse(said), isSetUp: set_up_at !== null },
    isChosen: Object.keys(said).length > 0,
  };
}

/** `changed`: somebody else was faster. */
export type ScheduleSaved = { ok: true } | { ok: false; reason: "not-found" | "changed" };

/** Saves when it compares, and plans its next comparison. It is the last step: with it a reconciliation is set up. */
export function saveComparisonSchedule(
  scope: Scope,
  id: string,
  { schedule, version }: { schedule: RunSchedule; version: number },
): Promise<ScheduleSaved> {
  return inTransaction(scope, async (scope): Promise<ScheduleSaved> => {
    const before = isId(id) ? await lockReconciliation(scope, id) : undefined;
    if (!before) return { ok: false, reason: "not-found" };
    if (before.version !== version) return { ok: false, reason: "changed" };
    await scope.db
      .updateTable("reconciliations")
      .set((eb) => ({
        schedule: toJson({ ...schedule }),
        changed_at: scope.clock.now(),
        version: eb("version", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await endSetUp(scope, id);
    await planComparison(scope, id);
    await recordEvent(scope, { action: "reconciliation.scheduled", subject: { reconciliationId: id } });
    return { ok: true };
  });
}
