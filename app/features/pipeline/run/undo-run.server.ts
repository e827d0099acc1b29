import { isOver } from "~/features/pipeline/run/run";
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

/** The names of the files that these change sets brought in; those that are no imports are left out. */
export async function filesOfChanges(
  scope: Scope,
  changeSetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (changeSetIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("runs")
    .select(["change_set_id", "file_name"])
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "in", changeSetIds)
    .execute();
  return new Map(rows.map((row) => [row.change_set_id ?? "", row.file_name ?? ""]));
}
