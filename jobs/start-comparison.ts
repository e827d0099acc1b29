/** Starts a comparison whose time has come. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { startDueComparison } from "~/features/reconciliation/schedule/plan-comparison.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function startComparison(
  { accountId, reconciliationId }: TaskPayloads["start_comparison"],
  context: JobContext,
): Promise<void> {
  await startDueComparison(await systemScope(context, accountId), reconciliationId);
}
