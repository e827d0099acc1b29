/** The comparisons of a reconciliation, and the form by which one more is asked for. */
import { data } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { type ComparisonLine, listComparisons } from "~/features/reconciliation/runs/list-comparisons.server";
import { type Started, startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { hasRows } from "~/features/reconciliation/set-up/has-rows.server";
import { notFound, refreshAfter } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { numberFormat } from "~/platform/number-formats";
import { dateIn, formatDuration, formatInstant, isDate, millisecondsBetween, type Place } from "~/platform/time";
import { daysText } from "~/features/reconciliation/results/days-text";
import { type OneReconciliation, requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import { resultTabs } from "~/routes/reconciliations/results/result.server";
import { runStates } from "~/routes/reconciliations/run-words";
import { comparedOrigins } from "~/routes/reconciliations/set-up/set-up-facts.server";

const REFRESH_SECONDS = 5;

export async function loadRuns(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.read");
  const { scope, reconciliation, base } = page;
  const params = new URL(args.request.url).searchParams;
  const { lines, next } = await listComparisons(scope, reconciliation.id, params.get("before"));
  const isWorking = lines.some(isAtWork);
  const refreshes = params.get("refresh") !== "off";
  if (isWorking && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return {
    ...{ firm: scope.account.name, name: reconciliation.name, base, isWorking, refreshes },
    lines: lines.map((line) => lineView(line, scope.place, scope.clock.now())),
    next: next && `?before=${next}`,
    tabs: resultTabs({ here: base, ofRun: "" }, "/runs"),
    lacks: await lacksOf(page),
    mayWrite: can(scope, "reconciliations.write"),
    ...{ firstDay: reconciliation.settings.startDay, lastDay: today(page) },
  };
}

export type RunsView = Awaited<ReturnType<typeof loadRuns>>;

export const isAtWork = ({ state }: Pick<ComparisonLine, "state">) => state === "queued" || state === "running";

const today = ({ scope, reconciliation }: OneReconciliation) =>
  dateIn(reconciliation.settings.timeZone, scope.clock.now());

/** Which side has nothing to compare yet, in words; null: both have. */
export async function lacksOf({ scope, reconciliation }: OneReconciliation): Promise<string | null> {
  const { analyticsOrigin } = reconciliation;
  const has = await hasRows(scope, { orderOrigins: comparedOrigins(reconciliation), analyticsOrigin });
  if (!has.orders && !has.transactions) return `${NOTHING} Neither orders nor tracked purchases are there. ${FIRST}`;
  if (!has.orders) return `${NOTHING} Its sources have brought no orders. ${FIRST}`;
  return has.transactions ? null : `${NOTHING} Its analytics has brought no tracked purchases. ${FIRST}`;
}

const NOTHING = "There is nothing to compare yet.";
const FIRST = "Run their connectors first, or import the files.";

function lineView(line: ComparisonLine, place: Place, now: string) {
  const { id, state, askedBy, summary } = line;
  const at = line.startedAt ?? line.askedAt;
  const count = (number: number) => number.toLocaleString(place.locale);
  return {
    ...{ id, state, word: stateWord(line), at, when: formatInstant(place, at), took: tookText(line, now) },
    by: askedBy === null ? "By its schedule" : `By ${askedBy}`,
    days: daysText(place, line),
    ...{ orders: count(line.orders), rows: count(line.rows), findings: count(line.findings) },
    capture:
      summary?.capture === null || !summary ? "" : numberFormat("percentTenths", place.locale).format(summary.capture),
  };
}

export function stateWord(line: Pick<ComparisonLine, "state" | "cancelRequestedAt">): string {
  return isAtWork(line) && line.cancelRequestedAt !== null ? "Stopping" : runStates[line.state];
}

function tookText({ startedAt, finishedAt }: ComparisonLine, now: string): string | null {
  if (startedAt === null) return null;
  const took = formatDuration(millisecondsBetween(startedAt, finishedAt ?? now));
  return finishedAt === null ? `${took} so far` : `took ${took}`;
}

/** Asks for one, of all days or some; who asked for what cannot be is told why, and has what was typed. */
export async function askForComparison(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation, base } = page;
  const form = await readForm(args.request);
  const sent = { firstDay: onlyText(form, "firstDay").trim(), lastDay: onlyText(form, "lastDay").trim() };
  const refuse = (errors: Partial<Record<"" | "firstDay" | "lastDay", string>>) =>
    data({ sent, errors }, { status: 422 });
  const wrong = daysProblems(sent, { startDay: reconciliation.settings.startDay, today: today(page) });
  if (wrong) return refuse(wrong);
  const lacks = await lacksOf(page);
  if (lacks !== null) return refuse({ "": lacks });
  const wanted = Object.fromEntries(Object.entries(sent).filter(([, day]) => day !== ""));
  const started = await startComparison(scope, reconciliation.id, wanted);
  if (started.ok) return redirectTo(args, `${base}/runs/${started.runId}`);
  if (started.reason === "not-found") notFound();
  return refuse({ "": notStarted[started.reason] });
}

const notStarted: Record<Exclude<Extract<Started, { ok: false }>["reason"], "not-found">, string> = {
  "at-work": "A comparison is at work already, or waits for its turn. Wait for its end, or cancel it.",
  "no-days": "There are no such days to compare: nothing before the start day is, and nothing after today.",
};

/** Null: they will do. Empty ones are all that there are. */
function daysProblems(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  { startDay, today }: { startDay: string; today: string },
) {
  if (firstDay !== "" && !isDate(firstDay)) return { firstDay: "Enter a day, such as 2026-05-01." };
  if (lastDay !== "" && !isDate(lastDay)) return { lastDay: "Enter a day, such as 2026-05-31." };
  const [first, last] = [firstDay || startDay, lastDay || today];
  if (first > last) return { lastDay: "The last day comes before the first." };
  if (last < startDay) return { lastDay: `Nothing from before ${startDay} is compared.` };
  return first > today ? { firstDay: "The first day is still to come." } : null;
}
