/** How many orders were missing over the days of a report, in days or, beyond two months, in weeks. */
import { daysOf, settledOf, type Trend } from "~/features/reconciliation/figures/trend";
import { MOST_DAYS } from "~/features/reconciliation/results/breakdown-lines";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { addDays, formatShortDate, type Place } from "~/platform/time";

interface Step {
  /** Its first day. */
  day: string;
  missing: number;
  settled: number;
}

export function reportTrend(trend: Trend, place: Place) {
  const days = daysOf(trend).map((one) => ({ day: one.day, missing: one.missing, settled: settledOf(one) }));
  const isByWeek = days.length > MOST_DAYS;
  const steps = isByWeek ? inWeeks(days) : days;
  const number = (count: number) => count.toLocaleString(place.locale);
  const text = (day: string) => `${isByWeek ? "Week from " : ""}${formatShortDate(place, day)}`;
  const lines = steps.map(({ day, missing, settled }) => ({
    ...{ key: day, name: text(day), orders: number(settled), missing: number(missing), count: missing },
    share: rateText(settled === 0 ? null : missing / settled, place.locale),
  }));
  const [first, last] = [days[0], days.at(-1)];
  return {
    ...{ lines, step: isByWeek ? "Week" : "Day", finding: findingOf(steps, text, place) },
    first: first ? formatShortDate(place, first.day) : "",
    last: last ? formatShortDate(place, last.day) : "",
    most: Math.max(1, ...steps.map(({ missing }) => missing)),
  };
}

function findingOf(steps: readonly Step[], text: (day: string) => string, place: Place): string {
  const known = steps.filter(({ settled }) => settled > 0);
  const [start] = known;
  if (!start) return "Of none of these days it is known yet.";
  const share = ({ missing, settled }: Step) => missing / settled;
  const worst = known.reduce((one, other) => (share(other) > share(one) ? other : one), start);
  if (worst.missing === 0) return "On no day was an order missing.";
  return `The largest share was missing on ${lower(text(worst.day))}: ${worst.missing.toLocaleString(place.locale)} of ${worst.settled.toLocaleString(place.locale)} orders, ${rateText(share(worst), place.locale)}.`;
}

function lower(text: string): string {
  return text.startsWith("Week") ? `the w${text.slice(1)}` : text;
}

/** Weeks begin on Monday. */
function inWeeks(days: readonly Step[]): Step[] {
  const weeks = new Map<string, Step>();
  for (const { day, missing, settled } of days) {
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    const monday = addDays(day, -weekday);
    const before = weeks.get(monday) ?? { day: monday, missing: 0, settled: 0 };
    weeks.set(monday, { day: monday, missing: before.missing + missing, settled: before.settled + settled });
  }
  return [...weeks.values()];
}
