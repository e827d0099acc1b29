/** Sends a campaign's email, a slice at a time, and comes back until all are through. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { sendCampaign as send } from "~/features/campaigns/mailing/send-campaign.server";
import { stopMailing } from "~/features/campaigns/mailing/take-up.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook, then go on.";

export default async function sendCampaign(
  { accountId, campaignId }: TaskPayloads["send_campaign"],
  context: JobContext,
) {
  const scope = await systemScope(context, accountId);
  try {
    await send(scope, campaignId, context);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted)
      await stopMailing(scope, campaignId, OUR_FAULT);
    throw error;
  }
}
