/** A comparison as a report for whoever owns the shop: out of the figures that are kept with its run, all in words. Pure. */
import { gapNow, settledDays } from "~/features/reconciliation/gaps/gap-now";
import { adviceOf } from "~/features/reconciliation/report/report-advice";
import { reportTrend } from "~/features/reconciliation/report/report-trend";
import { breakdownSums } from "~/features/reconciliation/results/breakdown-lines";
import { bridgeLines } from "~/features/reconciliation/results/bridge-lines";
import { eligibleOrders, orderLines } from "~/features/reconciliation/results/bucket-amounts";
import { comparedFacts } from "~/features/reconciliation/results/compared-facts";
import { daysText } from "~/features/reconciliation/results/days-text";
import { type DoneRun } from "~/features/reconciliation/results/find-result.server";
import { moneysText, moneyText } from "~/features/reconciliation/results/money-texts";
import { intervalText, rateText } from "~/features/reconciliation/results/rate-text";
import { bandWords, reasonWords } from "~/features/reconciliation/results/reason-words";
import { formatInstant, type Place } from "~/platform/time";

/** Whose, and of what. */
export interface ReportOf {
  firm: string;
  name: string;
  run: DoneRun;
}

export type Report = ReturnType<typeof reportOf>;

export function reportOf({ firm, name, run }: ReportOf, place: Place) {
  const { figures } = run;
  const band = bandWords(gapNow(settledDays(run.trend, run.startedAt, run.settings.kept)), place);
  return {
    ...{ firm, name, days: daysText(place, run), comparedAt: formatInstant(place, run.finishedAt) },
    ...keyFigures(run, place),
    money: moneyLines(run, place),
    cost: costOf(run, place),
    gaps: gapLines(run, place),
    unseen: unseenText(run, place),
    band: band && { text: band.text, isUnusual: band.isUnusual },
    advice: adviceOf(figures, place),
    methods: methodLines(run, place),
    bridge: bridgeLines(figures, place),
    trend: reportTrend(run.trend, place),
    compared: comparedFacts(place, run),
  };
}

/** What a mail says of it, too. */
export function keyFigures({ figures }: Pick<DoneRun, "figures">, place: Place) {
  const { rates, orders, rows } = figures;
  const number = (count: number) => count.toLocaleString(place.locale);
  const found = orders.matched + orders["value-mismatch"] + orders["currency-mismatch"];
  const wrong = orders["value-mismatch"] + orders["currency-mismatch"];
  const open = orders.pending + orders.unverifiable;
  const missing = missingAmounts({ figures }, place);
  return {
    lead: leadOf(figures, { found, missing, place }),
    open:
      open === 0
        ? null
        : `Of ${number(open)} more it cannot be said yet: they are so new that their purchase may still come, or the analytics has not told everything of their day. They are in no share.`,
    figures: [
      { value: number(eligibleOrders(figures)), label: "orders sold" },
      { value: rateText(rates.capture, place.locale), label: "tracked, of those known" },
      { value: number(orders.missing), label: "missing" },
      { value: missing || "–", label: "missing amount" },
      { value: number(wrong), label: "with another value" },
      { value: number(rows.duplicate), label: "counted twice" },
    ],
  };
}

function leadOf(
  { orders, rates }: DoneRun["figures"],
  { found, missing, place }: { found: number; missing: string; place: Place },
): string {
  const number = (count: number) => count.toLocaleString(place.locale);
  if (rates.settled === 0) return "Of no order it is known yet whether it was tracked.";
  const base = `Of ${number(rates.settled)} orders that could have been tracked, ${number(found)} ${found === 1 ? "was" : "were"}: ${rateText(rates.capture, place.locale)}.`;
  if (orders.missing === 0) return `${base} None is missing.`;
  return `${base} ${number(orders.missing)} ${orders.missing === 1 ? "is" : "are"} missing: ${missing} that the shop sold and the analytics does not know of.`;
}

function missingAmounts({ figures }: Pick<DoneRun, "figures">, place: Place): string {
  const line = orderLines(figures).find(({ bucket }) => bucket === "missing");
  return moneysText(line?.amounts ?? [], { place });
}

/** Sold, tracked and missing, by currency. */
function moneyLines({ figures }: DoneRun, place: Place) {
  const missing = orderLines(figures).find(({ bucket }) => bucket === "missing")?.amounts ?? [];
  return figures.currencies.map(({ currency, capture, bridge }) => ({
    currency,
    sold: moneyText(bridge.shop, currency, { place }),
    tracked: moneyText(bridge.analytics, currency, { place }),
    missing: moneyText(missing.find((one) => one.currency === currency)?.amount ?? "0", currency, { place }),
    share: rateText(capture, place.locale),
  }));
}

function costOf(run: DoneRun, place: Place): string {
  if (run.figures.orders.missing === 0) return "No order that could have been tracked is missing.";
  const amount = missingAmounts(run, place);
  return `The shop has this money. What ${amount} costs is knowledge: whatever is steered by the analytics, such as advertising, is judged by so much less than it brought.`;
}

function gapLines({ figures: { gaps } }: DoneRun, place: Place) {
  return gaps.reasons.map((gap, at) => ({
    ...{ key: String(at), ...reasonWords(gap, place), orders: gap.orders.toLocaleString(place.locale) },
    share: rateText(gaps.missing === 0 ? null : gap.orders / gaps.missing, place.locale),
    amount: moneysText(gap.amounts, { place }),
  }));
}

/** Never put on an order. */
function unseenText({ figures }: DoneRun, place: Place): string | null {
  const { unseen } = figures.gaps;
  if (!unseen) return null;
  const share = rateText(unseen.share, place.locale);
  return `An estimate beside these: of the orders that nothing else explains, ${share} were never seen (between ${intervalText(unseen.interval, place.locale)}, 19 times of 20). Consent banners and blockers usually take such a share.`;
}

const MOST_METHODS = 12;

/** Those with the most orders missing. */
function methodLines({ figures }: DoneRun, place: Place) {
  const number = (count: number) => count.toLocaleString(place.locale);
  const lines = breakdownSums(figures, "payment-method").filter(({ orders }) => orders > 0);
  const isMany = new Set(lines.map(({ currency }) => currency)).size > 1;
  const ranked = [...lines].sort((one, other) => other.missing - one.missing || other.orders - one.orders);
  return ranked.slice(0, MOST_METHODS).map(({ value, currency, orders, found, missing, missingAmount }) => ({
    key: `${value} ${currency}`,
    name: `${value === null ? "All others" : value || "None said"}${isMany ? `, ${currency}` : ""}`,
    ...{ orders: number(orders), missing: number(missing) },
    share: rateText(found + missing === 0 ? null : missing / (found + missing), place.locale),
    amount: missing === 0 ? "–" : moneyText(missingAmount, currency, { place }),
  }));
}
