import "~/features/changes/tables";
import { readAgain } from "~/features/pipeline/sourced/read-again.server";
import "~/features/pipeline/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Whether corrected rows that an import stored were taken by another once it was undone, or a connector has read again what
 * its run stored. In a transaction the change set is held to its end: whoever takes rows holds it, too, so that of the two
 * one comes second and sees it.
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
  if (run.connector_id !== null) {
    return readAgain(scope, { runId: run.id, connectorId: run.connector_id, changeSetId });
  }
  const { count: stored } = await rowsStored(scope, run.id).executeTakeFirstOrThrow();
  const { count: stillTaken } = await rowsStored(scope, run.id)
    .innerJoin("row_corrections as taken", (join) =>
      join
        .onRef("taken.account_id", "=", "raw.account_id")
        .onRef("taken.corrected_run_id", "=", "raw.run_id")
        .onRef("taken.corrected_position", "=", "raw.position"),
    )
    .executeTakeFirstOrThrow();
  return Number(stillTaken) < Number(stored);
}

/** Each of them was taken, once. */
function rowsStored(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("raw_records as raw")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("raw.account_id", "=", scope.account.id)
    .where("raw.run_id", "=", runId)
    .where("raw.outcome", "in", ["new", "changed", "kept"]);
}
