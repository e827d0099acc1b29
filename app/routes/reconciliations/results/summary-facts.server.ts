/** The summary of a run, as its page shows it: out of the figures that are kept with the run, never out of findings. */
import { dimensions } from "~/features/reconciliation/figures/breakdown";
import { gapNow, settledDays } from "~/features/reconciliation/gaps/gap-now";
import { bridgeLines } from "~/features/reconciliation/results/bridge-lines";
import { eligibleOrders, orderLines, rowLines } from "~/features/reconciliation/results/bucket-amounts";
import { type DoneRun } from "~/features/reconciliation/results/find-result.server";
import { intervalText, rateText } from "~/features/reconciliation/results/rate-text";
import { bandWords } from "~/features/reconciliation/results/reason-words";
import {
  exclusionWords,
  orderWords,
  rowWords,
  shownOrderBuckets,
  shownRowBuckets,
} from "~/features/reconciliation/results/words";
import { numberFormat } from "~/platform/number-formats";
import { type Scope } from "~/platform/scope.server";
import { breakdownOf } from "~/routes/reconciliations/results/breakdown-facts.server";
import { comparedFacts } from "~/features/reconciliation/results/compared-facts";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { gapLines } from "~/routes/reconciliations/results/gap-lines";
import { type DoneResult, findingsLink, headFacts, resultTabs } from "~/routes/reconciliations/results/result.server";

export function summaryFacts(result: DoneResult) {
  const { scope, run, params } = result;
  const asked = params.get("by");
  const by = dimensions.find((dimension) => dimension === asked) ?? "payment-method";
  const band = bandWords(gapNow(settledDays(run.trend, run.startedAt, run.settings.kept)), scope.place);
  return {
    ...headFacts(result),
    tabs: resultTabs(result, ""),
    isLatest: run.isLatest,
    orders: counted(eligibleOrders(run.figures), "order", scope),
    missing: missingText(run, scope),
    unusual: band?.isUnusual ? band.text : null,
    figures: bandOfFigures(result),
    gaps: gapLines(result),
    bridge: bridgeLines(run.figures, scope.place),
    buckets: bucketsOf(result),
    rates: ratesOf(scope, run),
    breakdown: breakdownOf(result, by),
    compared: comparedFacts(scope.place, run),
  };
}

function counted(count: number, noun: string, { place }: Scope): string {
  return `${count.toLocaleString(place.locale)} ${noun}${count === 1 ? "" : "s"}`;
}

function missingText({ figures }: DoneRun, scope: Scope): string | null {
  const count = figures.orders.missing;
  if (count === 0) return null;
  const amounts = orderLines(figures).find(({ bucket }) => bucket === "missing")?.amounts ?? [];
  return `${count.toLocaleString(scope.place.locale)} missing, ${moneysText(amounts, scope)}`;
}

function bandOfFigures(result: DoneResult) {
  const { scope, run } = result;
  const { locale } = scope.place;
  const { rates, orders, rows } = run.figures;
  const number = (count: number) => count.toLocaleString(locale);
  const found = orders.matched + orders["value-mismatch"] + orders["currency-mismatch"];
  const wrong = orders["value-mismatch"] + orders["currency-mismatch"];
  return [
    { value: rateText(rates.capture, locale), label: `found, ${number(found)} of ${number(rates.settled)}` },
    { value: rateText(rates.exact, locale), label: "found with the right value" },
    {
      value: number(orders.missing),
      label: "missing",
      href: findingsLink(result, { side: "order", bucket: "missing" }),
    },
    {
      ...{ value: number(wrong), label: "with another value" },
      href: findingsLink(result, {
        side: "order",
        bucket: orders["value-mismatch"] > 0 || wrong === 0 ? "value-mismatch" : "currency-mismatch",
      }),
    },
    {
      value: number(rows.duplicate),
      label: "counted twice",
      href: findingsLink(result, { side: "row", bucket: "duplicate" }),
    },
  ];
}

function bucketsOf(result: DoneResult) {
  const { scope, run } = result;
  const { figures } = run;
  const number = (count: number) => count.toLocaleString(scope.place.locale);
  const [orders, rows] = [orderLines(figures), rowLines(figures)];
  const line = (
    side: "order" | "row",
    bucket: string,
    found: { count: number; amounts: (typeof orders)[number]["amounts"] },
  ) => ({
    key: bucket,
    ...(side === "order" ? orderWords[bucket as keyof typeof orderWords] : rowWords[bucket as keyof typeof rowWords]),
    count: number(found.count),
    amount: moneysText(found.amounts, scope),
    href:
      bucket === "primary" || bucket === "matched" || found.count === 0
        ? undefined
        : findingsLink(result, { side, bucket }),
  });
  const exclusions = Object.entries(figures.excluded).filter(
    ([word, count]) => word !== "none" && word !== "outside-window" && count > 0,
  ) as [keyof typeof exclusionWords, number][];
  return {
    orders: shownOrderBuckets
      .filter((bucket) => bucket !== "excluded")
      .flatMap((bucket) => orders.filter((one) => one.bucket === bucket).map((one) => line("order", bucket, one))),
    ordersTotal: {
      count: number(eligibleOrders(figures)),
      amount: moneysText(
        figures.currencies.map(({ currency, bridge }) => ({ currency, amount: bridge.shop })),
        scope,
      ),
    },
    rows: shownRowBuckets.flatMap((bucket) =>
      rows.filter((one) => one.bucket === bucket).map((one) => line("row", bucket, one)),
    ),
    rowsTotal: {
      count: number(rows.reduce((sum, { count }) => sum + count, 0)),
      amount: moneysText(
        figures.currencies.map(({ currency, bridge }) => ({ currency, amount: bridge.analytics })),
        scope,
      ),
    },
    excluded: exclusions.map(([word, count]) => ({
      ...{ key: word, label: exclusionWords[word], count: number(count) },
      href: findingsLink(result, { side: "order", bucket: "excluded", why: word }),
    })),
  };
}

function ratesOf(scope: Scope, { figures }: DoneRun) {
  const { locale } = scope.place;
  const { rates, currencies } = figures;
  const rate = (label: string, value: number | null, how: string) => ({ label, value: rateText(value, locale), how });
  const interval = rates.captureInterval;
  return {
    counts: [
      {
        ...rate("Found", rates.capture, "of the orders of which it is known by now"),
        ...(interval
          ? {
              how: `of ${counted(rates.settled, "order", scope)}: the true rate lies between ${intervalText(interval, locale)}, 19 times of 20`,
            }
          : {}),
      },
      rate("Found with the right value", rates.exact, "of the same orders"),
      rate("Missing", rates.missing, "of the same orders"),
      rate("Ambiguous", rates.ambiguous, "of the same orders"),
      rate("Counted twice", rates.duplicate, "of what was tracked for these orders"),
      rate("Without an order", rates.unexpected, "of all that was tracked"),
    ],
    byValue: currencies.map(({ currency, capture, valueAccuracy, netVariance }) => ({
      currency,
      capture: rateText(capture, locale),
      accuracy: rateText(valueAccuracy, locale),
      net: netVariance === null ? "–" : signed(netVariance, locale),
    })),
  };
}

function signed(share: number, locale: string): string {
  const text = numberFormat("percentTenths", locale).format(Math.abs(share));
  if (share === 0) return text;
  return share > 0 ? `${text} too much` : `${text} too little`;
}
