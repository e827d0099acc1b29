import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** Asks for the job that sends, in the caller's transaction: one waits at a time, and one runs after the other. */
export async function askToSend(scope: Scope, campaignId: string, runAt?: string): Promise<void> {
  const payload = { accountId: scope.account.id, campaignId };
  await enqueue(scope, "send_campaign", payload, { jobKey: campaignId, queueName: `mailing:${campaignId}`, runAt });
}
