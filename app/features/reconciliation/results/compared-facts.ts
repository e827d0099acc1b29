/** What was compared, when and by what rules, as the summary and the report say it. */
import { type DoneRun } from "~/features/reconciliation/results/find-result.server";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { basisWords, keyWords } from "~/features/reconciliation/results/words";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { formatInstant, formatShortDate, type Place } from "~/platform/time";

interface Fact {
  label: string;
  value: string;
  source?: string;
}

export function comparedFacts(place: Place, { figures, settings, ...run }: DoneRun): Fact[] {
  const { kept } = settings;
  return [
    { label: "Days", value: `${formatShortDate(place, run.firstDay)} – ${formatShortDate(place, run.lastDay)}` },
    { label: "Days begin in", value: kept.timeZone },
    { label: "Compared", value: formatInstant(place, run.finishedAt) },
    ...ruleFacts(figures, place.locale),
    { label: "Tolerance", value: toleranceText(kept, place.locale) },
    { label: "Purchases may come late", value: `by ${kept.waitingHours.toLocaleString(place.locale)} hours` },
    ...(kept.untrackedChannels.length > 0
      ? [{ label: "Never tracked here", value: kept.untrackedChannels.join(", ") }]
      : []),
    ...besideFacts(figures, place.locale),
  ];
}

/** With how well they fit, where they were found by trying. */
function ruleFacts({ basis, basisShares, scheme, schemeShares }: DoneRun["figures"], locale: string): Fact[] {
  const right = basisShares.find((share) => share.basis === basis)?.share ?? null;
  const fits = schemeShares.find(({ type }) => type === scheme)?.share ?? null;
  return [
    {
      ...{ label: "Amount compared", value: basisWords[basis] },
      ...(right === null ? {} : { source: `found by trying: right for ${rateText(right, locale)} of those looked at` }),
    },
    {
      ...{ label: "Orders are found by", value: scheme === null ? "Nothing was found" : keyWords[scheme] },
      ...(fits === null ? {} : { source: `fits ${rateText(fits, locale)} of what was tracked` }),
    },
  ];
}

function toleranceText({ tolerance }: KeptSettings, locale: string): string {
  const { absoluteMinor, basisPoints } = tolerance;
  const parts = [
    ...(absoluteMinor > 0 ? [`${absoluteMinor.toLocaleString(locale)} of the smallest unit`] : []),
    ...(basisPoints > 0 ? [`${(basisPoints / 100).toLocaleString(locale)} % of the order`] : []),
  ];
  return parts.join(" or ") || "None: to the last cent";
}

function besideFacts({ lookAlikes, unheeded }: DoneRun["figures"], locale: string): Fact[] {
  const alike = `${lookAlikes.toLocaleString(locale)} to be confirmed by a person; none is counted`;
  return [
    ...(lookAlikes > 0 ? [{ label: "Look-alikes", value: alike }] : []),
    ...(unheeded > 0 ? [{ label: "Decisions about other days", value: unheeded.toLocaleString(locale) }] : []),
  ];
}
