/** Asks a model where the columns of a connector might go. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueAsking, giveUpAsking } from "~/features/connectors/mapping-help/proposals.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function askModel(
  { accountId, connectorId, askId }: TaskPayloads["ask_model"],
  context: JobContext,
): Promise<void> {
  const scope = await systemScope(context, accountId);
  try {
    await continueAsking(scope, { connectorId, askId }, context);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) {
      await giveUpAsking(scope, { connectorId, askId });
    }
    throw error;
  }
}
