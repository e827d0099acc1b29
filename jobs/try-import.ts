/** Goes through a file as its import would, and tells what that would do. A killed one is begun anew. */
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueTrial, giveUpTrial } from "~/features/pipeline/trial/continue-trial.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function tryImport({ accountId, runId }: TaskPayloads["try_import"], context: JobContext) {
  const scope = await systemScope(context, accountId);
  try {
    await continueTrial(scope, subjects, runId, { signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpTrial(scope, runId);
    throw error;
  }
}
