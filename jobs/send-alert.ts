/** Tells the account's webhook of something that somebody should know. */
import { guardedFetchOf } from "~/features/connectors/access/guarded-fetch-of.server";
import { providersOf } from "~/features/connectors/registry.server";
import { sendMessage } from "~/features/connectors/alerts/send-message.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function sendAlert(
  { accountId, messageId }: TaskPayloads["send_alert"],
  context: JobContext,
): Promise<void> {
  await sendMessage(await systemScope(context, accountId), messageId, {
    fetch: guardedFetchOf(context.env.providers),
    origin: context.env.appOrigin,
    providerName: (id) => providersOf(context.env.providers).get(id)?.name ?? id,
    signal: context.signal,
  });
}
