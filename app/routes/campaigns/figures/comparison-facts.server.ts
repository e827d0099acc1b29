/** The comparison as its page shows it: texts, and where each leads. */
import { channelNames, stateNames } from "~/features/campaigns/campaign";
import { compareCampaigns, MOST_COMPARED } from "~/features/campaigns/figures/compare-campaigns.server";
import {
  type ChannelTotal,
  type Compared,
  comparisonQuery,
  type ComparisonSort,
  comparisonSorts,
  type ComparisonView,
  usualOrder,
} from "~/features/campaigns/figures/comparison";
import { costPer, returnOnCost, returnText } from "~/features/campaigns/figures/cost";
import { countAndShare, FEW, interval } from "~/features/campaigns/figures/shares";
import { formatMoney } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { formatShortDate } from "~/platform/time";

/** Three statements with those of the frame. */
export async function comparisonFacts(scope: Scope, view: ComparisonView) {
  const { campaigns, totals, all, isMore } = await compareCampaigns(scope, view);
  const base = `/${scope.account.slug}/campaigns`;
  const { locale } = scope.place;
  const { channel, topic, from, until, sort, order } = view;
  const lines = campaigns.map((campaign) => campaignLine(scope, campaign, `${base}/${campaign.id}/figures`));
  return {
    ...{ base, here: `${base}/comparison`, filters: { channel, topic, from, until } },
    query: comparisonQuery(view),
    sorts: Object.fromEntries(comparisonSorts.map((each) => [each, sortOf(view, each)])),
    kept: { sort, order },
    isFiltered: [channel, topic, from, until].some((filter) => filter !== null),
    count: campaigns.length.toLocaleString(locale),
    limit: isMore ? MOST_COMPARED.toLocaleString(locale) : null,
    topics: [...new Set(all.flatMap(({ topic }) => topic ?? []))].sort((a, b) => a.localeCompare(b, locale)),
    most: mostOf(campaigns),
    campaigns: lines,
    channels: totals.map((total) => channelLine(scope, total)),
  };
}

/** How far the lines of shares reach; a few campaigns of few people must not make all others small. */
function mostOf(campaigns: readonly Compared[]): number {
  const reached = campaigns.filter((campaign) => campaign.reached > 0);
  const many = reached.filter((campaign) => campaign.reached >= FEW);
  const highs = (many.length > 0 ? many : reached).map((one) => interval(one.reachedResponded, one.reached).high);
  return Math.max(0.01, ...highs);
}

function sortOf(view: ComparisonView, sort: ComparisonSort) {
  const isNow = view.sort === sort;
  const other = view.order === "ascending" ? ("descending" as const) : ("ascending" as const);
  const href = comparisonQuery({ ...view, sort, order: isNow ? other : usualOrder(sort) });
  return { href: href || "?", order: isNow ? view.order : undefined };
}

function campaignLine({ place }: Scope, campaign: Compared, href: string) {
  const { reached, reachedResponded, reachedConverted, responded, costMinor, currency } = campaign;
  const { locale } = place;
  const each = costPer(costMinor, responded);
  const back = returnOnCost(campaign);
  return {
    ...{ id: campaign.id, name: campaign.name, href },
    about: [channelNames[campaign.channel], campaign.topic, stateNames[campaign.state].toLowerCase()]
      .filter(Boolean)
      .join(", "),
    began: formatShortDate(place, campaign.beganOn),
    listed: campaign.listed.toLocaleString(locale),
    reached: reached > 0 ? reached.toLocaleString(locale) : "none yet",
    responded: countAndShare(reachedResponded, reached, locale),
    converted: countAndShare(reachedConverted, reached, locale),
    interval: reached > 0 ? { ...interval(reachedResponded, reached), share: reachedResponded / reached } : null,
    cost: costText(costMinor, each === null ? null : formatMoney({ minor: each, currency }, locale)),
    back: back === null ? "" : `${returnText(back, locale)} ×`,
  };
}

function costText(costMinor: bigint, each: string | null): string {
  return costMinor === 0n ? "no cost given" : (each ?? "nobody responded");
}

function channelLine({ place: { locale } }: Scope, total: ChannelTotal) {
  const { channel, campaigns, listed, reached, responded, converted, money } = total;
  const number = (count: number) => count.toLocaleString(locale);
  const amounts = (which: "costMinor" | "valueMinor") =>
    money.map(({ currency, ...each }) => formatMoney({ minor: each[which], currency }, locale)).join(", ");
  const backs = money.flatMap(({ currency, costMinor, valueOfCostedMinor: valueMinor }) => {
    const back = returnOnCost({ costMinor, valueMinor });
    return back === null ? [] : [`${returnText(back, locale)} ×${money.length > 1 ? ` (${currency})` : ""}`];
  });
  return {
    ...{ channel, name: channelNames[channel], campaigns: number(campaigns), listed: number(listed) },
    reached: number(reached),
    responded: countAndShare(responded, reached, locale),
    converted: countAndShare(converted, reached, locale),
    ...{ cost: amounts("costMinor"), value: amounts("valueMinor"), back: backs.join(", ") },
  };
}
