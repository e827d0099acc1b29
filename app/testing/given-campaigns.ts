/** Campaigns for tests, planned as their pages do it. */
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { type CampaignFacts } from "~/features/campaigns/campaign-form";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { type Scope } from "~/platform/scope.server";

export const springReview: CampaignFacts = {
  name: "Spring review 2026",
  channel: "email",
  description: "Once a year we ask every client what has changed.",
  topic: "Reviews",
  plannedOn: "2026-05-02",
  ownerId: null,
  cost: 31_000n,
  subject: "Your spring review",
  body: "Is everything still as it was?",
  codePrefix: null,
  respondedWords: null,
  convertedWords: null,
  pauseMonths: null,
};

/** The id of a draft. */
export async function plan(scope: Scope, channel: CampaignChannel = "email", facts: Partial<CampaignFacts> = {}) {
  const made = await createCampaign(scope, { ...springReview, channel, ...facts });
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}
