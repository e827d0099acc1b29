/** Reads the first records of a connector, and tells what a run would do with them. A killed one is begun anew. */
import { connectorDoors, subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import {
  continueSourceTrial,
  giveUpSourceTrial,
} from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function tryConnector(
  { accountId, connectorId }: TaskPayloads["try_connector"],
  context: JobContext,
): Promise<void> {
  const scope = await systemScope(context, accountId);
  const doors = connectorDoors(context.env);
  try {
    await continueSourceTrial(scope, connectorId, { subjects, doors, signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpSourceTrial(scope, connectorId);
    throw error;
  }
}
