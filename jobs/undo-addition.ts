/** Takes contacts that came onto a campaign's list in one go off it again, and goes on from where it stood. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { findUndoerOfAddition, giveUpUndoOfAddition } from "~/features/campaigns/recipients/give-up-addition.server";
import { continueUndoOfAddition } from "~/features/campaigns/recipients/undo-addition.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function undoAddition(
  { accountId, additionId }: TaskPayloads["undo_addition"],
  context: JobContext,
): Promise<void> {
  const system = await systemScope(context, accountId);
  // What was begun is finished, even when whoever asked has left: half of a list would be worse.
  const scope = { ...system, user: await findUndoerOfAddition(system, additionId) };
  try {
    await continueUndoOfAddition(scope, additionId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) {
      await giveUpUndoOfAddition(scope, additionId);
    }
    throw error;
  }
}
