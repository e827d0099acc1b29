/** How a connector has done lately: from its runs and tests to figures. */
import { type RunMode, type RunState } from "~/features/pipeline/run/run";
import { addDays, dateIn, daysBetween, millisecondsBetween } from "~/platform/time";

/** Thirteen weeks, which end today. */
export const STATISTICS_DAYS = 91;
const WEEK = 7;

export interface RunFigures {
  state: RunState;
  mode: RunMode;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  read: number;
  created: number;
  changed: number;
  refused: number;
}

/** How often it went well, of how many. What somebody cancelled is neither. */
export interface Share {
  good: number;
  of: number;
}

export interface Week {
  /** Plain dates, both included. */
  from: string;
  until: string;
  good: number;
  attention: number;
  failed: number;
  read: number;
  created: number;
  changed: number;
  refused: number;
  /** Of the good ones; null: there was none. */
  medianMs: number | null;
}

export interface Statistics {
  from: string;
  runs: Share;
  tests: Share;
  medianMs: number | null;
  read: number;
  created: number;
  changed: number;
  refused: number;
  weeks: Week[];
}

const isCounted = ({ state }: RunFigures) => ["done", "attention", "failed"].includes(state);
const isGood = ({ state }: RunFigures) => state === "done";

/** The first day that counts, in the account's zone. */
export function firstDay(now: string, timeZone: string): string {
  return addDays(dateIn(timeZone, now), 1 - STATISTICS_DAYS);
}

export function statisticsOf(
  all: readonly RunFigures[],
  tests: Share,
  { now, timeZone }: { now: string; timeZone: string },
): Statistics {
  const from = firstDay(now, timeZone);
  const runs = all.filter(isCounted);
  const inWeeks = new Map<number, RunFigures[]>();
  for (const run of runs) {
    const week = Math.floor(daysBetween(from, dateIn(timeZone, run.createdAt)) / WEEK);
    inWeeks.set(week, [...(inWeeks.get(week) ?? []), run]);
  }
  const weeks = Array.from({ length: STATISTICS_DAYS / WEEK }, (_, week) =>
    weekOf(addDays(from, week * WEEK), inWeeks.get(week) ?? []),
  );
  const good = runs.filter(isGood);
  return {
    ...{ from, runs: { good: good.length, of: runs.length }, tests, medianMs: medianOf(good), weeks },
    ...sums(runs),
  };
}

function weekOf(from: string, runs: readonly RunFigures[]): Week {
  const count = (state: RunState) => runs.filter((run) => run.state === state).length;
  return {
    ...{ from, until: addDays(from, WEEK - 1) },
    ...{ good: count("done"), attention: count("attention"), failed: count("failed") },
    ...{ ...sums(runs), medianMs: medianOf(runs.filter(isGood)) },
  };
}

function sums(runs: readonly RunFigures[]) {
  const sum = (key: "read" | "created" | "changed" | "refused") => runs.reduce((total, run) => total + run[key], 0);
  return { read: sum("read"), created: sum("created"), changed: sum("changed"), refused: sum("refused") };
}

/** How long the one in the middle took, from its start to its end, waiting included. */
function medianOf(runs: readonly RunFigures[]): number | null {
  const times = runs
    .flatMap(({ startedAt, finishedAt }) =>
      startedAt === null || finishedAt === null ? [] : [millisecondsBetween(startedAt, finishedAt)],
    )
    .sort((a, b) => a - b);
  const middle = times.length / 2;
  const [below, above] = [times[Math.ceil(middle) - 1], times[Math.floor(middle)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

/** "11 of 12", never 91.67 %. */
export function shareText({ good, of }: Share, locale: string): string {
  return of === 0 ? "none yet" : `${good.toLocaleString(locale)} of ${of.toLocaleString(locale)}`;
}

/** The finding, in a sentence. */
export function finding({ runs, weeks }: Statistics, weekText: (week: Week) => string, locale: string): string {
  const { good, of } = runs;
  const bad = of - good;
  if (of === 0) return "There was no run yet.";
  if (bad === 0) return of === 1 ? "The only run went well." : `All ${of.toLocaleString(locale)} runs went well.`;
  return `${shareText(runs, locale)} runs went well; ${where(weeks, bad, weekText)}.`;
}

/** Where those stand that did not go well. */
function where(weeks: readonly Week[], bad: number, weekText: (week: Week) => string): string {
  const wrong = ({ attention, failed }: Week) => attention + failed;
  const worst = weeks.reduce((one, other) => (wrong(other) > wrong(one) ? other : one));
  const others = bad === 1 ? "the other one was" : "the others were";
  if (wrong(worst) === bad) return `${others} in the week of ${weekText(worst)}`;
  if (wrong(worst) * 2 > bad) return `most of ${others} in the week of ${weekText(worst)}`;
  return `${others} in ${weeks.filter((week) => wrong(week) > 0).length} different weeks`;
}
