import { endRun } from "~/features/pipeline/continue-run.server";
import { openRun } from "~/features/pipeline/open-run.server";
import { type Subjects } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

/** Ends a run that was tried as often as it should be. Its page says so, with the reference under which the log says why. */
export async function giveUpRun(scope: Scope, subjects: Subjects, runId: string): Promise<void> {
  const run = await openRun(scope, subjects, runId);
  if (!run) return;
  await endRun(scope, run, {
    state: "failed",
    problem:
      "The import stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.",
    reference: scope.requestId,
  });
}
