import { giveUpComparison } from "~/features/reconciliation/runs/carry-out.server";
import { COMPARISON_TASK } from "~/features/reconciliation/runs/start-comparison.server";
import "~/features/reconciliation/tables";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

/** Gives up what counts as at work while no job will ever go on with it. Not within a transaction. */
export async function sweepComparisons(scope: Scope): Promise<void> {
  const runs = await scope.db
    .selectFrom("comparison_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { id } of runs) {
    if (!(await isAwaited(scope, COMPARISON_TASK, id))) await giveUpComparison(scope, id);
  }
}
