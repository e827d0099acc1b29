/** What a result is made of, by one trait, as the summary shows it. */
import { dimensions, type Dimension } from "~/features/reconciliation/figures/breakdown";
import {
  type BreakdownSum,
  breakdownSums,
  together,
  totalsOf,
} from "~/features/reconciliation/results/breakdown-lines";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { dimensionWords, keyWords, whyWords } from "~/features/reconciliation/results/words";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { type Scope } from "~/platform/scope.server";
import { formatShortDate } from "~/platform/time";
import { type DoneResult, findingsLink } from "~/routes/reconciliations/results/result.server";

export function breakdownOf(result: DoneResult, by: Dimension) {
  const { scope, run, here } = result;
  const lines = breakdownSums(run.figures, by);
  const totals = totalsOf(lines);
  const isMany = totals.length > 1;
  const [first, ...others] = totals;
  const all = first && others.reduce(together, first);
  const query = (dimension: Dimension) => {
    const params = new URLSearchParams({ by: dimension, ...(run.isLatest ? {} : { run: run.id }) });
    return `${here}?${params.toString()}#breakdown`;
  };
  return {
    head: dimensionWords[by].head,
    isEverUnclear: lines.some(({ unclear }) => unclear > 0),
    isEverUnexpected: lines.some(({ unexpected }) => unexpected > 0),
    isByMonth: by === "day" && lines.some(({ value }) => value?.length === 7),
    tabs: dimensions.map((dimension) => ({
      ...{ href: query(dimension), label: dimensionWords[dimension].tab, current: dimension === by },
    })),
    lines: lines.map((line) => ({
      key: `${line.value} ${line.currency}`,
      name: `${valueWords(by, line.value, scope)}${isMany && by !== "currency" ? `, ${line.currency}` : ""}`,
      ...cells(line, [line], scope),
      href: line.missing > 0 ? missingHref(result, by, line) : null,
    })),
    total: all && cells(all, totals, scope),
  };
}

/** Amounts of several currencies stand beside each other. */
function cells(line: BreakdownSum, byCurrency: readonly BreakdownSum[], scope: Scope) {
  const number = (count: number) => count.toLocaleString(scope.place.locale);
  const money = (of: "amount" | "missingAmount") =>
    moneysText(
      byCurrency.map((one) => ({ currency: one.currency, amount: one[of].toString() })),
      scope,
    );
  const settled = line.found + line.missing;
  return {
    ...{ orders: number(line.orders), amount: money("amount"), found: number(line.found) },
    ...{ missing: number(line.missing), missingAmount: money("missingAmount"), unclear: number(line.unclear) },
    share: rateText(settled === 0 ? null : line.missing / settled, scope.place.locale),
    unexpected: number(line.unexpected),
  };
}

function valueWords(by: Dimension, value: string | null, { place }: Scope): string {
  if (value === null) return "All others";
  if (by === "day") return value.length === 7 ? monthText(value, place.locale) : formatShortDate(place, value);
  if (by === "cause") return whyWords("value-mismatch", value) || dimensionWords.cause.none;
  if (by === "key-type") return keyWords[value as keyof typeof keyWords] ?? value;
  return value || dimensionWords[by].none;
}

function monthText(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

function missingHref(result: DoneResult, by: Dimension, { value, currency }: BreakdownSum): string | null {
  const base = { side: "order" as const, bucket: "missing", currency };
  if (value === null || by === "cause" || by === "key-type") return null;
  if (by === "payment-method") return findingsLink(result, { ...base, method: value });
  if (by === "channel") return findingsLink(result, { ...base, channel: value });
  if (by === "currency") return findingsLink(result, base);
  const [from, until] = value.length === 7 ? [`${value}-01`, lastOf(value)] : [value, value];
  return findingsLink(result, { ...base, from, until });
}

function lastOf(month: string): string {
  const [year = 0, of = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10);
}
