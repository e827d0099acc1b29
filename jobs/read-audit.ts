/** Takes in the two files of a quick audit and has them compared, from the beginning each time a worker takes it up. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { giveUpAudit, readAudit } from "~/features/reconciliation/audit/read-audit.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function readAuditFiles(
  { accountId, reconciliationId }: TaskPayloads["read_audit"],
  context: JobContext,
) {
  const scope = await systemScope(context, accountId);
  try {
    await readAudit(scope, reconciliationId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpAudit(scope, reconciliationId);
    throw error;
  }
}
