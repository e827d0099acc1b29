/** A campaign's figures as its page shows them: texts, and where each leads. */
import { can } from "~/features/accounts/rights";
import { channelNames, stateNames } from "~/features/campaigns/campaign";
import { type Reached } from "~/features/campaigns/figures/count-figures.server";
import { costLines } from "~/features/campaigns/figures/cost-lines";
import { finding, partsText, spanText, stepNames } from "~/features/campaigns/figures/day-words";
import { answersOverTime, type Span, total } from "~/features/campaigns/figures/days";
import { type FigureFilter, figureQuery } from "~/features/campaigns/figures/figure-filter";
import { funnelLines, sums } from "~/features/campaigns/figures/funnel-lines";
import { type GroupedBy, readFigures } from "~/features/campaigns/figures/read-figures.server";
import { countAndShare, interval } from "~/features/campaigns/figures/shares";
import { townLines } from "~/features/campaigns/figures/town-lines";
import { notFound } from "~/http/answers.server";
import { type Scope } from "~/platform/scope.server";

/** Six statements at the most with those of the frame. @param by what is looked at; null: the campaign as a whole */
export async function figuresFacts(scope: Scope, campaignId: string, by: GroupedBy | null) {
  const figures = (await readFigures(scope, campaignId, { by: by ? [by] : [] })) ?? notFound();
  const { campaign, funnel, tags } = figures;
  const { locale } = scope.place;
  const here = `/${scope.account.slug}/campaigns/${campaign.id}`;
  const rows = (filter: Partial<FigureFilter>) => `${here}/figures/recipients${figureQuery(filter)}`;
  const number = (count: number) => count.toLocaleString(locale);
  const share = shareFacts(locale);
  return {
    ...{ here, by, name: campaign.name, locale },
    tabs: tabsOf(`${here}/figures`, by),
    compareHref: `/${scope.account.slug}/campaigns/comparison`,
    line: `${channelNames[campaign.channel]}, ${stateNames[campaign.state].toLowerCase()}`,
    mayExportRows: can(scope, "contacts.export"),
    isEmpty: funnel.listed === 0,
    reached: funnel.parts.reached,
    funnel: funnelLines(funnel, campaign.channel, locale).map(({ filter, count, ...line }) => ({
      ...line,
      count: number(count),
      href: rows(filter),
    })),
    sums: sums(funnel, locale),
    days: daysOf(scope, figures.days, rows),
    tags: tags.map(({ tagId, name, ...counts }) => ({
      ...{ key: tagId, name, ...share(counts) },
      ...{
        href: rows({ part: "reached", tag: tagId }),
        answeredHref: rows({ part: "reached", tag: tagId, answer: "positive" }),
      },
    })),
    towns: townLines(figures).map(({ town, ...line }) => ({
      ...{ key: line.key, name: line.name, ...share(line) },
      href: town === null ? null : rows({ part: "reached", town }),
      answeredHref: town === null ? null : rows({ part: "reached", town, answer: "positive" }),
    })),
    cost: costLines(campaign, locale),
  };
}

const tabNames = [
  [null, "As a whole"],
  ["tag", "By tag"],
  ["town", "By town"],
] as const;

function tabsOf(here: string, by: GroupedBy | null) {
  return tabNames.map(([tab, label]) => ({ href: tab ? `${here}?by=${tab}` : here, label, current: tab === by }));
}

function shareFacts(locale: string) {
  return ({ reached, responded, converted }: Reached) => ({
    reached: reached.toLocaleString(locale),
    responded: countAndShare(responded, reached, locale),
    converted: countAndShare(converted, reached, locale),
    interval: { ...interval(responded, reached), share: responded / reached },
  });
}

function daysOf({ place }: Scope, days: readonly Span[], rows: (filter: Partial<FigureFilter>) => string) {
  const over = answersOverTime(days);
  const { locale } = place;
  const most = Math.max(0, ...over.spans.map(total));
  const some = over.spans.filter((span) => total(span) > 0);
  return {
    step: stepNames[over.step],
    finding: finding(place, over),
    ...{ most, mostText: most.toLocaleString(locale) },
    ends: { first: endText(place, over.spans[0]), last: endText(place, over.spans.at(-1)) },
    bars: over.spans.map((span) => ({
      key: span.from,
      title: `${spanText(place, span)}: ${partsText(span, locale) || "no answers"}`,
      values: [span.converted, span.responded, span.notInterested],
    })),
    lines: some.map(({ from, until, ...counts }) => ({
      key: from,
      name: spanText(place, { from, until, ...counts }),
      href: rows({ answer: "any", from, until }),
      converted: counts.converted.toLocaleString(locale),
      responded: (counts.responded + counts.converted).toLocaleString(locale),
      notInterested: counts.notInterested.toLocaleString(locale),
    })),
  };
}

function endText(place: Scope["place"], span: Span | undefined): string {
  return span ? spanText(place, span) : "";
}
