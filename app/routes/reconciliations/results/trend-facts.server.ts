/** How the share of missing orders goes, day by day: as the page shows it. */
import { listAnnotations } from "~/features/reconciliation/decisions/annotations.server";
import { settledOf, type TrendCounts } from "~/features/reconciliation/figures/trend";
import { gapNow, settledDays } from "~/features/reconciliation/gaps/gap-now";
import { leavesBand, type NormalBand } from "~/features/reconciliation/gaps/normal-band";
import { wordValue } from "~/features/reconciliation/results/finding-filter";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { listRunTrend, type RunPoint } from "~/features/reconciliation/results/run-trend.server";
import { readTrendView, shownDays, type TrendView } from "~/features/reconciliation/results/trend-view";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatShortDate } from "~/platform/time";
import { daysText } from "~/features/reconciliation/results/days-text";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { type DoneResult, findingsLink, headFacts, resultTabs } from "~/routes/reconciliations/results/result.server";

/** With those of the frame five statements. */
export async function trendFacts(result: DoneResult) {
  const { scope, run, params, here } = result;
  const { view, problems } = readTrendView(params, run.trend);
  const days = problems.length > 0 ? [] : shownDays(run.trend, view);
  const isWhole = view.method === undefined;
  const annotations = await listAnnotations(scope, result.result.reconciliationId);
  const noted = new Map(annotations.map(({ day, text }) => [day, text]));
  const band = isWhole ? usualBand(result) : null;
  const most = Math.max(0.01, ...days.map(shareOf));
  return {
    ...headFacts(result),
    ...{ tabs: resultTabs(result, "/trend"), trendHref: `${here}/trend`, problems, ...filterFacts(result, view) },
    ...{ most, mostText: rateText(most, scope.place.locale) },
    ...{ first: dayText(scope, days[0]), last: dayText(scope, days.at(-1)) },
    ...{ finding: findingOf(scope, days, band), hasBand: band !== null },
    bars: days.map((one) => barOf(scope, one, { band, note: noted.get(one.day) })),
    annotations: annotations.map(({ day, ...annotation }) => ({
      ...{ ...annotation, day: formatShortDate(scope.place, day) },
      removePath: `${here}/annotations/${annotation.id}/removal`,
    })),
    annotateHref: `${here}/trend/annotation`,
    runs: runFacts(result, await listRunTrend(scope, result.result.reconciliationId)),
    lines: days.toReversed().map((one) => ({ ...lineOf(result, one, view.method), note: noted.get(one.day) ?? "" })),
  };
}

/** Of all orders together: a method alone has none of its own. */
function usualBand({ run }: DoneResult): NormalBand | null {
  return gapNow(settledDays(run.trend, run.startedAt, run.settings.kept))?.band ?? null;
}

function filterFacts({ run }: DoneResult, { from, until, method }: TrendView) {
  return {
    view: { from: from ?? "", until: until ?? "" },
    method: method === undefined ? "" : wordValue(method),
    methods: run.trend.methods.flatMap((line) =>
      line.method === null ? [] : [{ value: wordValue(line.method), label: line.method || "None said" }],
    ),
    isNarrowed: [from, until, method ?? null].some((one) => one !== null),
    kept: (run.isLatest ? {} : { run: run.id }) as Record<string, string>,
  };
}

function dayText({ place }: Scope, day: { day: string } | undefined): string {
  return day === undefined ? "" : formatShortDate(place, day.day);
}

/** Each comparison's own share, of the days that it was of. */
function runFacts({ scope, run, here }: DoneResult, points: readonly RunPoint[]) {
  const { locale } = scope.place;
  const share = ({ summary }: RunPoint) => (summary.settled === 0 ? null : summary.missing.orders / summary.settled);
  const most = Math.max(0.01, ...points.map((point) => share(point) ?? 0));
  const at = (point: RunPoint | undefined) => (point ? formatShortDate(scope.place, point.finishedAt) : "");
  return {
    ...{ most, mostText: rateText(most, locale), first: at(points[0]), last: at(points.at(-1)) },
    bars: points.map((point) => ({
      ...{ key: point.id, values: [share(point) ?? 0] },
      title: `${formatInstant(scope.place, point.finishedAt)}: ${rateText(share(point), locale)} missing`,
    })),
    lines: points.toReversed().map((point) => ({
      ...{ key: point.id, at: formatInstant(scope.place, point.finishedAt), days: daysText(scope.place, point) },
      found: rateText(point.summary.capture, locale),
      missing: point.summary.missing.orders.toLocaleString(locale),
      amount: moneysText(
        point.summary.missing.amounts.map(({ currency, minor }) => ({ currency, amount: minor })),
        scope,
      ),
      share: rateText(share(point), locale),
      href: point.id === run.id ? null : `${here}?run=${point.id}`,
    })),
  };
}

type Day = { day: string } & TrendCounts;

function shareOf(day: TrendCounts): number {
  const settled = settledOf(day);
  return settled === 0 ? 0 : day.missing / settled;
}

function findingOf(scope: Scope, days: readonly Day[], band: NormalBand | null): string {
  const { locale } = scope.place;
  const missing = days.reduce((sum, day) => sum + day.missing, 0);
  const settled = days.reduce((sum, day) => sum + settledOf(day), 0);
  if (settled === 0) return "Of none of these days it is known yet.";
  const said = `${rateText(missing / settled, locale)} of the orders are missing: ${missing.toLocaleString(locale)} of ${settled.toLocaleString(locale)}.`;
  const worst = days.reduce((one, other) => (shareOf(other) > shareOf(one) ? other : one));
  const most =
    missing === 0 ? "" : ` Most on ${formatShortDate(scope.place, worst.day)}, ${rateText(shareOf(worst), locale)}.`;
  const usual = band ? ` Usual is ${rateText(band.low, locale)} to ${rateText(band.high, locale)}.` : "";
  return said + most + usual;
}

/** A colour for what is usual, and one for what is not; a day of which it is not known has no bar. */
function barOf({ place }: Scope, day: Day, { band, note }: { band: NormalBand | null; note: string | undefined }) {
  const share = shareOf(day);
  const isOutside = band !== null && leavesBand(band, { missing: day.missing, of: settledOf(day) });
  const settled = settledOf(day);
  const counts = `${day.missing.toLocaleString(place.locale)} of ${settled.toLocaleString(place.locale)} missing`;
  return {
    key: day.day,
    title: `${formatShortDate(place, day.day)}: ${settled === 0 ? "not known yet" : counts}${note ? `. ${note}` : ""}`,
    values: isOutside ? [0, share] : [share, 0],
  };
}

function lineOf(result: DoneResult, day: Day, method: string | undefined) {
  const { scope } = result;
  const { locale } = scope.place;
  const number = (count: number) => count.toLocaleString(locale);
  const settled = settledOf(day);
  const filter = { side: "order" as const, bucket: "missing", from: day.day, until: day.day, method: method ?? null };
  return {
    key: day.day,
    day: formatShortDate(scope.place, day.day),
    orders: number(settled + day.open),
    ...{ matched: number(day.matched), otherwise: number(day.otherwise), missing: number(day.missing) },
    ...{ ambiguous: number(day.ambiguous), open: number(day.open) },
    share: rateText(settled === 0 ? null : day.missing / settled, locale),
    href: day.missing === 0 ? null : findingsLink(result, filter),
  };
}
