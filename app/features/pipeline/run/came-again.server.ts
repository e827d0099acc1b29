import "~/features/changes/tables";
import { takenAgain } from "~/features/pipeline/corrections/taken-again.server";
import { readAgain } from "~/features/pipeline/sourced/read-again.server";
import "~/features/pipeline/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Whether what an undone run stored came in again since: corrected rows by another import, records of a connector by
 * another run of it. In a transaction the change set is held to its end: whoever takes rows holds it, too, so that of the
 * two one comes second and sees it.
 */
export async function cameAgain(scope: Scope, changeSetId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("change_sets as change")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "change.account_id").onRef("runs.change_set_id", "=", "change.id"),
    )
    .select(["runs.id", "runs.connector_id"])
    .where("change.account_id", "=", scope.account.id)
    .where("change.id", "=", changeSetId)
    .where((eb) => eb.or([eb("runs.continues_run_id", "is not", null), eb("runs.connector_id", "is not", null)]))
    // Asked for a page it holds nothing.
    .$if(scope.db.isTransaction, (query) => query.$call(lockRows(scope, { of: "change" })))
    .executeTakeFirst();
  if (!run) return false;
  const { id: runId, connector_id: connectorId } = run;
  return connectorId === null ? takenAgain(scope, runId) : readAgain(scope, { runId, connectorId });
}
