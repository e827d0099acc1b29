/** Marks what came onto the suppression list once more, for contacts that were written at the same moment. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { markAgain } from "~/features/contacts/suppression/serve-suppressed.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function markSuppressed({ accountId }: TaskPayloads["mark_suppressed"], context: JobContext) {
  await markAgain(await systemScope(context, accountId), context.signal);
}
