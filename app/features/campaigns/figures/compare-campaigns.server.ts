/** Campaigns beside each other, from what their own rows say: no list of recipients is read. */
import { listBegun } from "~/features/campaigns/campaigns.server";
import {
  channelTotals,
  type ChannelTotal,
  type Compared,
  type ComparisonView,
  narrowed,
  sorted,
} from "~/features/campaigns/figures/comparison";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** As many, the latest, are compared: what a page can show and a person can look at. */
export const MOST_COMPARED = 500;

export interface Comparison {
  /** Narrowed and in order. */
  campaigns: Compared[];
  /** Of these. */
  totals: ChannelTotal[];
  /** Before they were narrowed. */
  all: Compared[];
  /** There are earlier ones that are not among them. */
  isMore: boolean;
}

/** One statement. */
export async function compareCampaigns(scope: Scope, view: ComparisonView): Promise<Comparison> {
  const found = await listBegun(scope, MOST_COMPARED + 1);
  const all = found.slice(0, MOST_COMPARED).map((campaign) => ({
    ...campaign,
    beganOn: dateIn(scope.account.timeZone, campaign.startedAt ?? campaign.createdAt),
  }));
  const campaigns = sorted(narrowed(all, view), view);
  return { campaigns, totals: channelTotals(campaigns), all, isMore: found.length > MOST_COMPARED };
}
