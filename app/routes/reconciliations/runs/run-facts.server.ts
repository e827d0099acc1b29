/** One comparison: how far it is, or how it ended. */
import { can } from "~/features/accounts/rights";
import {
  comparisonFigures,
  comparisonLog,
  type ComparisonLine,
  findComparison,
} from "~/features/reconciliation/runs/list-comparisons.server";
import { cancelComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { notFound, refreshAfter } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatDuration, formatInstant, millisecondsBetween, type Place } from "~/platform/time";
import { type OneReconciliation, requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import { daysText } from "~/features/reconciliation/results/days-text";
import { phases } from "~/routes/reconciliations/run-words";
import { isAtWork, stateWord } from "~/routes/reconciliations/runs/runs-facts.server";

const REFRESH_SECONDS = 2;

interface OneRun extends OneReconciliation {
  run: ComparisonLine;
}

async function requireRun(args: RouteArgs, right: Parameters<typeof requireReconciliation>[1]): Promise<OneRun> {
  const page = await requireReconciliation(args, right);
  const run = await findComparison(page.scope, page.reconciliation.id, args.params.runId ?? "");
  return { ...page, run: run ?? notFound() };
}

export async function loadRun(args: RouteArgs) {
  const { scope, reconciliation, base, run } = await requireRun(args, "reconciliations.read");
  const atWork = isAtWork(run);
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (atWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return {
    ...{ firm: scope.account.name, name: reconciliation.name, base, place: scope.place, atWork, refreshes },
    run: {
      ...runView(run, scope.place),
      took: run.startedAt && run.finishedAt && durationOf(run.startedAt, run.finishedAt),
    },
    log: await comparisonLog(scope, run.id),
    mayWrite: can(scope, "reconciliations.write"),
  };
}

const durationOf = (from: string, to: string) => formatDuration(millisecondsBetween(from, to));

export type RunView = Awaited<ReturnType<typeof loadRun>>;

function runView(run: ComparisonLine, place: Place) {
  const { id, state, phase, orders, rows, findings, firstDay, lastDay, askedBy, problem, reference } = run;
  const count = (number: number) => number.toLocaleString(place.locale);
  return {
    ...{ id, state, firstDay, lastDay, problem, reference, word: stateWord(run), phase: phases[phase] },
    ...{ read: orders + rows, orders: count(orders), rows: count(rows), findings: count(findings) },
    days: daysText(place, run),
    asked: `${formatInstant(place, run.askedAt)}, ${askedBy === null ? "by its schedule" : `by ${askedBy}`}`,
    isStopping: run.cancelRequestedAt !== null,
  };
}

/** Whoever comes too late sees how it ended. */
export async function cancelIt(args: RouteArgs): Promise<Response> {
  const { scope, base, run } = await requireRun(args, "reconciliations.write");
  await cancelComparison(scope, run.id);
  return redirectTo(args, `${base}/runs/${run.id}`);
}

/** Its figures as they are kept, for programs. */
export async function figuresFile(args: RouteArgs): Promise<Response> {
  const { scope, reconciliation } = await requireReconciliation(args, "reconciliations.read");
  const { id, name } = reconciliation;
  const kept = (await comparisonFigures(scope, id, args.params.runId ?? "")) ?? notFound();
  return Response.json({ reconciliation: { id, name }, ...kept }, { headers: { "Cache-Control": "no-store" } });
}
