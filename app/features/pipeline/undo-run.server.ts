import { isOver } from "~/features/pipeline/run";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Whether a change set is that of a run that has ended: while it is at work it can be cancelled, not undone. */
export async function canUndoRun(scope: Scope, changeSetId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("state")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .executeTakeFirst();
  return run !== undefined && isOver(run.state);
}
