/** Why orders are missing, whether that is usual, and what else does not agree: as the page shows it. */
import { gapNow, settledDays } from "~/features/reconciliation/gaps/gap-now";
import { type Amount, orderLines, rowLines } from "~/features/reconciliation/results/bucket-amounts";
import { type FindingFilter } from "~/features/reconciliation/results/finding-filter";
import { intervalText, rateText } from "~/features/reconciliation/results/rate-text";
import { bandWords } from "~/features/reconciliation/results/reason-words";
import {
  exclusionWords,
  orderWords,
  rowWords,
  shownOrderBuckets,
  shownRowBuckets,
  whyWords,
} from "~/features/reconciliation/results/words";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { gapLines } from "~/routes/reconciliations/results/gap-lines";
import { type DoneResult, findingsLink, headFacts, resultTabs } from "~/routes/reconciliations/results/result.server";

export function gapsFacts(result: DoneResult) {
  const { scope, run } = result;
  const now = gapNow(settledDays(run.trend, run.startedAt, run.settings.kept));
  const { missing } = run.figures.gaps;
  const amounts = orderLines(run.figures).find(({ bucket }) => bucket === "missing")?.amounts ?? [];
  return {
    ...headFacts(result),
    tabs: resultTabs(result, "/gaps"),
    gaps: gapLines(result),
    missing: { orders: missing.toLocaleString(scope.place.locale), amount: moneysText(amounts, scope) },
    band: bandWords(now, scope.place),
    bandFacts: bandFacts(result, now),
    unseen: unseenWords(result),
    others: others(result),
  };
}

function bandFacts({ scope }: DoneResult, now: ReturnType<typeof gapNow>) {
  if (!now?.band) return null;
  const { locale } = scope.place;
  const { band, latest } = now;
  const share = latest.missing / latest.of;
  return {
    bar: { low: band.low, high: band.high, share, most: Math.max(band.high, share, 0.01) * 1.25 },
    facts: [
      { label: "Usually", value: rateText(band.median, locale), source: `the median of ${band.days} settled days` },
      { label: "Usual band", value: intervalText(band, locale), source: "three median deviations to each side" },
      { label: "Latest settled day", value: rateText(share, locale) },
    ],
  };
}

function unseenWords({ scope, run }: DoneResult) {
  const { unseen } = run.figures.gaps;
  if (!unseen) return null;
  const { locale } = scope.place;
  return {
    share: rateText(unseen.share, locale),
    counts: `${unseen.missing.toLocaleString(locale)} of ${unseen.of.toLocaleString(locale)}`,
    interval: intervalText(unseen.interval, locale),
  };
}

/** Mismatches by their cause, what is left out by why, the rest as it is. */
function others(result: DoneResult) {
  const { scope, run } = result;
  const { figures } = run;
  const line = (
    filter: Partial<FindingFilter>,
    told: { name: string; meaning: string; count: number; amounts: Amount[] },
  ) => ({
    key: `${filter.side} ${filter.bucket} ${filter.why ?? ""}`,
    ...{ name: told.name, meaning: told.meaning, count: told.count.toLocaleString(scope.place.locale) },
    amount: moneysText(told.amounts, scope),
    href: findingsLink(result, filter),
  });
  const orders = orderLines(figures)
    .filter(({ bucket, count }) => count > 0 && ["ambiguous", "pending", "unverifiable"].includes(bucket))
    .sort((one, other) => shownOrderBuckets.indexOf(one.bucket) - shownOrderBuckets.indexOf(other.bucket))
    .map(({ bucket, ...told }) => line({ side: "order", bucket }, { ...told, ...orderWords[bucket] }));
  const rows = rowLines(figures)
    .filter(({ bucket, count }) => count > 0 && bucket !== "primary")
    .sort((one, other) => shownRowBuckets.indexOf(one.bucket) - shownRowBuckets.indexOf(other.bucket))
    .map(({ bucket, ...told }) => line({ side: "row", bucket }, { ...told, ...rowWords[bucket] }));
  const left = Object.entries(figures.excluded)
    .filter(([word, count]) => word !== "none" && word !== "outside-window" && count > 0)
    .map(([why, count]) =>
      line(
        { side: "order", bucket: "excluded", why },
        {
          name: `Left out: ${lower(exclusionWords[why as keyof typeof exclusionWords])}`,
          meaning: "",
          count,
          amounts: [],
        },
      ),
    );
  return [...mismatches(result, line), ...orders, ...rows, ...left];
}

type Line = (
  filter: Partial<FindingFilter>,
  told: { name: string; meaning: string; count: number; amounts: Amount[] },
) => { key: string; name: string; meaning: string; count: string; amount: string; href: string };

function mismatches({ run }: DoneResult, line: Line): ReturnType<Line>[] {
  const lines = run.figures.breakdowns.cause;
  return (["value-mismatch", "currency-mismatch"] as const).flatMap((bucket) => {
    const why = [...new Set(lines.filter(({ orders }) => orders[bucket].count > 0).map(({ value }) => value ?? ""))];
    return why
      .map((cause) => {
        const of = lines.filter(({ value }) => value === cause);
        const count = of.reduce((sum, { orders }) => sum + orders[bucket].count, 0);
        const amounts = of.map(({ currency, orders }) => ({ currency, amount: orders[bucket].amount }));
        return { cause, count, amounts };
      })
      .sort((one, other) => other.count - one.count)
      .map(({ cause, ...told }) => {
        const name = `${orderWords[bucket].name}: ${lower(whyWords(bucket, cause))}`;
        return line({ side: "order", bucket, why: cause }, { name, meaning: "", ...told });
      });
  });
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
