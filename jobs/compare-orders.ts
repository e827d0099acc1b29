/** Compares a shop's orders with what its analytics tracked, from the beginning each time a worker takes it up. */
import { connectorDoors } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { carryOut, giveUpComparison } from "~/features/reconciliation/runs/carry-out.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function compareOrders({ accountId, runId }: TaskPayloads["compare_orders"], context: JobContext) {
  const scope = await systemScope(context, accountId);
  try {
    const { providers } = connectorDoors(context.env);
    await carryOut(scope, runId, { providers, signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpComparison(scope, runId);
    throw error;
  }
}
