/** Days, weeks and months of answers, as a chart and its table name them. */
import { type AnswersOverTime, type Span, type Step, total } from "~/features/campaigns/figures/days";
import { formatDate, formatShortDate, type Place } from "~/platform/time";

export const stepNames: Record<Step, string> = { day: "Day", week: "Week", month: "Month", year: "Year" };

/** "4 May 2026", "4 May 2026 – 10 May 2026". */
export function spanText(place: Place, { from, until }: Span): string {
  if (from === until) return formatShortDate(place, from);
  return `${formatShortDate(place, from)} – ${formatShortDate(place, until)}`;
}

/** The finding: "Most answers, 12 of 48, came on 4 May 2026." */
export function finding(place: Place, { step, spans }: AnswersOverTime): string {
  const top = spans.reduce<Span | null>((most, span) => (most && total(most) >= total(span) ? most : span), null);
  if (!top) return "Nobody has answered yet.";
  const all = spans.reduce((sum, span) => sum + total(span), 0);
  const number = (count: number) => count.toLocaleString(place.locale);
  if (spans.length === 1) {
    const answers = all === 1 ? "The only answer" : all === 2 ? "Both answers" : `All ${number(all)} answers`;
    return `${answers} came ${when(place, step, top)}.`;
  }
  return `Most answers, ${number(total(top))} of ${number(all)}, came ${when(place, step, top)}.`;
}

function when(place: Place, step: Step, { from, until }: Span): string {
  if (step === "day") return `on ${formatDate(place, from)}`;
  return `from ${formatDate(place, from)} to ${formatDate(place, until)}`;
}

/** "3 converted, 2 responded", without what nobody did. */
export function partsText(
  { converted, responded, notInterested }: Omit<Span, "from" | "until">,
  locale: string,
): string {
  const some = [
    [converted, "converted"],
    [responded, "responded"],
    [notInterested, "not interested"],
  ] as const;
  return some
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString(locale)} ${word}`)
    .join(", ");
}
