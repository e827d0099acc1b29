/** Starts a connector whose time has come. */
import { providersOf } from "~/features/connectors/registry.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { startDue } from "~/features/connectors/schedule/start-due.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function startDueConnector(
  { accountId, connectorId }: TaskPayloads["start_due"],
  context: JobContext,
): Promise<void> {
  await startDue(await systemScope(context, accountId), connectorId, { providers: providersOf(context.env.providers) });
}
