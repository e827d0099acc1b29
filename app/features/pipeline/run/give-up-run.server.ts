import { endRun } from "~/features/pipeline/run/continue-run.server";
import { openRun } from "~/features/pipeline/run/open-run.server";
import { RUN_TASK } from "~/features/pipeline/run/start-run.server";
import { type Subjects } from "~/features/pipeline/subject";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

const OUR_FAULT =
  "The import stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Ends a run that was tried as often as it should be. Its page says so, with the reference under which the log says why. */
export async function giveUpRun(scope: Scope, subjects: Subjects, runId: string): Promise<void> {
  const run = await openRun(scope, subjects, runId);
  if (run) await endRun(scope, run, { state: "failed", problem: OUR_FAULT, reference: scope.requestId });
}

/**
 * Gives up every import of the account that counts as at work while no job will ever go on with it: its worker died as
 * often as it was tried, or nobody could write down that it failed. Not within a transaction.
 */
export async function giveUpAbandonedRuns(scope: Scope, subjects: Subjects): Promise<void> {
  const runs = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("source", "=", "file")
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { id } of runs) {
    if (!(await isAwaited(scope, RUN_TASK, id))) await giveUpRun(scope, subjects, id);
  }
}
