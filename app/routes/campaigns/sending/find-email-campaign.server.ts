import { type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { notFound } from "~/http/answers.server";
import { type Scope } from "~/platform/scope.server";

/** A campaign that goes out by email; 404 for any other. */
export async function findEmailCampaign(scope: Scope, campaignId: string | undefined): Promise<WholeCampaign> {
  const campaign = await findCampaign(scope, campaignId ?? "");
  return campaign?.channel === "email" ? campaign : notFound();
}
