/** Which part of a trend is looked at: as the address says it. */
import { daysOf, type Trend, type TrendCounts } from "~/features/reconciliation/figures/trend";
import { wordValue } from "~/features/reconciliation/results/finding-filter";
import { isDate } from "~/platform/time";

export interface TrendView {
  from: string | null;
  until: string | null;
  /** Undefined: all. */
  method: string | undefined;
}

/** More days than that are no picture any more: the latest of them are shown. */
export const MOST_TREND_DAYS = 366;

/** A method that the run does not know is none; a day that is none is told. */
export function readTrendView(params: URLSearchParams, trend: Trend): { view: TrendView; problems: string[] } {
  const problems: string[] = [];
  const day = (name: string) => {
    const text = params.get(name)?.trim() ?? "";
    if (text === "" || isDate(text)) return text || null;
    problems.push(`“${text.slice(0, 40)}” is no day. Write it as 2026-05-31.`);
    return null;
  };
  const [from, until] = [day("from"), day("until")];
  if (from !== null && until !== null && from > until) problems.push("The last day lies before the first.");
  const asked = params.get("method");
  const method = trend.methods.find((line) => line.method !== null && wordValue(line.method) === asked)?.method;
  return { view: { from, until, method: method ?? undefined }, problems };
}

export function shownDays(trend: Trend, { from, until, method }: TrendView): ({ day: string } & TrendCounts)[] {
  const days = daysOf(trend, method).filter(
    ({ day }) => (from === null || day >= from) && (until === null || day <= until),
  );
  return days.slice(-MOST_TREND_DAYS);
}
