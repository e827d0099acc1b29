/** Erases what was stored of a connector's fields that are read no longer. */
import { connectorDoors, subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { eraseFields as erase } from "~/features/connectors/runs/continue-erasure.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function eraseFields(
  { accountId, erasureId }: TaskPayloads["erase_fields"],
  context: JobContext,
): Promise<void> {
  const scope = await systemScope(context, accountId);
  await erase(scope, erasureId, { subjects, doors: connectorDoors(context.env), signal: context.signal });
}
