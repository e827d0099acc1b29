/** Imports a file, or goes on with an import from where it stood, in the name of whoever started it. */
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueRun } from "~/features/pipeline/continue-run.server";
import { giveUpRun } from "~/features/pipeline/give-up-run.server";
import { findStarter } from "~/features/pipeline/runs.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function runImport({ accountId, runId }: TaskPayloads["run_import"], context: JobContext) {
  const system = await systemScope(context, accountId);
  const scope = { ...system, user: await findStarter(system, runId) };
  try {
    await continueRun(scope, subjects, runId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpRun(scope, subjects, runId);
    throw error;
  }
}
