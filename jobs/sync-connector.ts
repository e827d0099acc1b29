/** Reads from a connector, or goes on with a run from where it stood, in the name of whoever started it. */
import { connectorDoors, subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueSync, giveUpSync } from "~/features/connectors/runs/continue-sync.server";
import { findStarter } from "~/features/pipeline/run/runs.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function syncConnector(
  { accountId, runId }: TaskPayloads["sync_connector"],
  context: JobContext,
): Promise<void> {
  const system = await systemScope(context, accountId);
  const scope = { ...system, user: await findStarter(system, runId) };
  const syncing = { subjects, doors: connectorDoors(context.env) };
  try {
    await continueSync(scope, runId, { ...syncing, signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpSync(scope, runId, syncing);
    throw error;
  }
}
