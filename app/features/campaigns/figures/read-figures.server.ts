/** All figures of one campaign, as its page, its files and its report show them. */
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import {
  countByTag,
  countByTown,
  countTallies,
  type Reached,
  type ReachedByTag,
  type ReachedByTown,
} from "~/features/campaigns/figures/count-figures.server";
import { answersByDay, type Span } from "~/features/campaigns/figures/days";
import { type Funnel, funnelOf, responded } from "~/features/campaigns/figures/funnel";
import { type Scope } from "~/platform/scope.server";

/** Tags and towns that a page shows; a file has as many as there are. */
const SHOWN = 20;

export interface CampaignFigures {
  campaign: WholeCampaign;
  funnel: Funnel;
  /** Days on which somebody answered. */
  days: Span[];
  tags: ReachedByTag[];
  towns: ReachedByTown[];
  /** Those reached who live in none of these towns; null where all do. */
  elsewhere: Reached | null;
}

/** What those reached are counted by beside the funnel: each has to be looked up with every contact of the list. */
export type GroupedBy = "tag" | "town";

/**
 * Null: there is no such campaign. Four statements.
 * @param by only by these it is counted; without the others their lists are empty
 */
export async function readFigures(
  scope: Scope,
  campaignId: string,
  { limit = SHOWN, by = ["tag", "town"] }: { limit?: number; by?: readonly GroupedBy[] } = {},
): Promise<CampaignFigures | null> {
  const campaign = await findCampaign(scope, campaignId);
  if (!campaign) return null;
  const [tallies, tags, towns] = await Promise.all([
    countTallies(scope, campaign.id),
    by.includes("tag") ? countByTag(scope, campaign.id, limit) : [],
    by.includes("town") ? countByTown(scope, campaign.id, limit) : [],
  ]);
  const funnel = funnelOf(tallies);
  return {
    campaign,
    funnel,
    days: answersByDay(tallies),
    tags,
    towns,
    elsewhere: by.includes("town") ? restOf(funnel, towns) : null,
  };
}

function restOf(funnel: Funnel, towns: readonly ReachedByTown[]): Reached | null {
  const rest: Reached = {
    reached: funnel.parts.reached,
    responded: responded(funnel.reached),
    converted: funnel.reached.converted,
  };
  for (const town of towns) {
    rest.reached -= town.reached;
    rest.responded -= town.responded;
    rest.converted -= town.converted;
  }
  return rest.reached > 0 ? rest : null;
}
