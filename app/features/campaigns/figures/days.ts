/** Answers by the day on which they were given, in steps that a chart has room for. */
import { type Answers, type Tally } from "~/features/campaigns/figures/funnel";
import { addDays, addMonths, daysBetween } from "~/platform/time";

export type DayAnswers = Omit<Answers, "pending">;

export interface Span extends DayAnswers {
  /** The first and the last day of it, plain dates; the same for a day. */
  from: string;
  until: string;
}

export type Step = "day" | "week" | "month" | "year";

export interface AnswersOverTime {
  step: Step;
  /** Without a gap from the first answer to the last. */
  spans: Span[];
}

/** As many bars can be told apart. */
const MOST_SPANS = 70;

export function total({ responded, converted, notInterested }: DayAnswers): number {
  return responded + converted + notInterested;
}

/** One for each day on which somebody answered, the first first. */
export function answersByDay(tallies: readonly Tally[]): Span[] {
  const days = new Map<string, Span>();
  for (const { response, respondedOn, count } of tallies) {
    if (respondedOn === null || response === "pending") continue;
    const day = days.get(respondedOn) ?? { from: respondedOn, until: respondedOn, ...none };
    day[response === "not-interested" ? "notInterested" : response] += count;
    days.set(respondedOn, day);
  }
  return [...days.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The shortest steps that are not too many: days, weeks from the first day on, months or years of the calendar. */
export function answersOverTime(days: readonly Span[]): AnswersOverTime {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return { step: "day", spans: [] };
  const step = stepFor(daysBetween(first.from, last.from) + 1);
  // Days so old are slips of somebody's hand: they stand in the first step.
  const oldest = addMonths(last.from, -12 * (MOST_SPANS - 1));
  const spans: Span[] = [];
  let from = beginOf(first.from > oldest ? first.from : oldest, step);
  while (from <= last.from) {
    const following = next(from, step);
    const span = { from, until: addDays(following, -1), ...none };
    const isFirst = spans.length === 0;
    for (const day of days) if ((isFirst || day.from >= from) && day.from < following) add(span, day);
    spans.push(span);
    from = following;
  }
  return { step, spans };
}

const none: DayAnswers = { responded: 0, converted: 0, notInterested: 0 };

/** @param length in days */
function stepFor(length: number): Step {
  if (length <= MOST_SPANS) return "day";
  if (length <= MOST_SPANS * 7) return "week";
  return length <= MOST_SPANS * 30 ? "month" : "year";
}

function beginOf(date: string, step: Step): string {
  if (step === "year") return `${date.slice(0, 4)}-01-01`;
  return step === "month" ? `${date.slice(0, 7)}-01` : date;
}

function next(from: string, step: Step): string {
  if (step === "year") return addMonths(from, 12);
  return step === "month" ? addMonths(from, 1) : addDays(from, step === "week" ? 7 : 1);
}

function add(span: DayAnswers, day: DayAnswers): void {
  span.responded += day.responded;
  span.converted += day.converted;
  span.notInterested += day.notInterested;
}
