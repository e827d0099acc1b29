/** Campaign against campaign: which are compared, in what order, and what they come to together. Pure. */
import { type Campaign, type CampaignChannel, channels } from "~/features/campaigns/campaign";
import { costPer, returnOnCost } from "~/features/campaigns/figures/cost";
import { interval } from "~/features/campaigns/figures/shares";
import { isDate } from "~/platform/time";

/** A campaign that has begun; `beganOn`: the day in the account's zone. */
export interface Compared extends Campaign {
  beganOn: string;
}

export const comparisonSorts = [
  ...(["name", "began", "listed", "reached", "responded", "converted"] as const),
  ...(["cost", "return"] as const),
] as const;
export type ComparisonSort = (typeof comparisonSorts)[number];

export interface ComparisonView {
  sort: ComparisonSort;
  order: "ascending" | "descending";
  channel: CampaignChannel | null;
  topic: string | null;
  /** Days on which they began, both included. */
  from: string | null;
  until: string | null;
}

/** What comes first when a head is pressed: the best, the latest, the cheapest, A. */
export function usualOrder(sort: ComparisonSort): ComparisonView["order"] {
  return sort === "name" || sort === "cost" ? "ascending" : "descending";
}

export function readComparison(params: URLSearchParams): ComparisonView {
  const sort = comparisonSorts.find((each) => each === params.get("sort")) ?? "began";
  const order = params.get("order");
  const date = (name: string) => {
    const text = params.get(name) ?? "";
    return isDate(text) ? text : null;
  };
  return {
    sort,
    order: order === "ascending" || order === "descending" ? order : usualOrder(sort),
    channel: channels.find((channel) => channel === params.get("channel")) ?? null,
    topic: params.get("topic") || null,
    ...{ from: date("from"), until: date("until") },
  };
}

/** "?sort=reached"; "" for the page as it comes. */
export function comparisonQuery({ sort, order, channel, topic, from, until }: ComparisonView): string {
  const said = {
    sort: sort === "began" && order === "descending" ? null : sort,
    order: order === usualOrder(sort) ? null : order,
    ...{ channel, topic, from, until },
  };
  const some = Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== null);
  return some.length > 0 ? `?${new URLSearchParams(some).toString()}` : "";
}

export function narrowed(campaigns: readonly Compared[], { channel, topic, from, until }: ComparisonView): Compared[] {
  return campaigns.filter(
    (one) =>
      (channel === null || one.channel === channel) &&
      (topic === null || one.topic === topic) &&
      (from === null || one.beganOn >= from) &&
      (until === null || one.beganOn <= until),
  );
}

type Key = string | number | bigint | null;

/**
 * Shares by the lower end of their interval: three of four are no reason to come before four hundred of a thousand. Cost
 * of one currency after that of another.
 */
const keys: Record<ComparisonSort, (campaign: Compared) => Key> = {
  name: ({ name }) => name.toLowerCase(),
  began: ({ beganOn }) => beganOn,
  listed: ({ listed }) => listed,
  reached: ({ reached }) => reached,
  responded: ({ reachedResponded, reached }) => (reached > 0 ? interval(reachedResponded, reached).low : null),
  converted: ({ reachedConverted, reached }) => (reached > 0 ? interval(reachedConverted, reached).low : null),
  cost: ({ costMinor, responded }) => costPer(costMinor, responded),
  return: returnOnCost,
};

/** Where there is nothing to compare, last; among equals the latest first. */
export function sorted(campaigns: readonly Compared[], { sort, order }: ComparisonView): Compared[] {
  const key = keys[sort];
  const direction = order === "ascending" ? 1 : -1;
  return campaigns
    .map((campaign) => ({ campaign, key: key(campaign) }))
    .sort((a, b) => {
      const group = sort === "cost" ? orderOf(a.campaign.currency, b.campaign.currency) : 0;
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return group || direction * orderOf(a.key, b.key) || orderOf(b.campaign.id, a.campaign.id);
    })
    .map(({ campaign }) => campaign);
}

function orderOf<Value extends string | number | bigint>(one: Value, other: Value): number {
  return one < other ? -1 : Number(one > other);
}

export interface MoneyTotal {
  currency: string;
  valueMinor: bigint;
  costMinor: bigint;
  /** Of those campaigns whose cost was given. */
  valueOfCostedMinor: bigint;
}

export interface ChannelTotal {
  channel: CampaignChannel;
  campaigns: number;
  /** On their lists, those left out with them: whoever is left out in the middle may have been reached before. */
  listed: number;
  reached: number;
  responded: number;
  converted: number;
  /** One for each currency: they are never added up. */
  money: MoneyTotal[];
}

export function channelTotals(campaigns: readonly Compared[]): ChannelTotal[] {
  return channels
    .map((channel) =>
      totalOf(
        channel,
        campaigns.filter((one) => one.channel === channel),
      ),
    )
    .filter((total) => total.campaigns > 0);
}

function totalOf(channel: CampaignChannel, campaigns: readonly Compared[]): ChannelTotal {
  const sum = (count: (campaign: Compared) => number) => campaigns.reduce((all, one) => all + count(one), 0);
  const currencies = [...new Set(campaigns.map(({ currency }) => currency))].sort();
  return {
    ...{ channel, campaigns: campaigns.length },
    listed: sum(({ listed }) => listed),
    reached: sum(({ reached }) => reached),
    responded: sum(({ reachedResponded }) => reachedResponded),
    converted: sum(({ reachedConverted }) => reachedConverted),
    money: currencies.map((currency) => moneyOf(currency, campaigns)),
  };
}

function moneyOf(currency: string, campaigns: readonly Compared[]): MoneyTotal {
  const total = { currency, valueMinor: 0n, costMinor: 0n, valueOfCostedMinor: 0n };
  for (const { currency: own, valueMinor, costMinor } of campaigns) {
    if (own !== currency) continue;
    total.valueMinor += valueMinor;
    total.costMinor += costMinor;
    if (costMinor > 0n) total.valueOfCostedMinor += valueMinor;
  }
  return total;
}
