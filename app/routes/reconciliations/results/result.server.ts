/** What every page of a comparison's result begins with. */
import { redirect } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { type FindingFilter, findingQuery } from "~/features/reconciliation/results/finding-filter";
import { type DoneRun, findResult, type Result } from "~/features/reconciliation/results/find-result.server";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { daysText } from "~/features/reconciliation/results/days-text";

export interface ShownResult {
  scope: Scope;
  result: Result;
  params: URLSearchParams;
  /** Of the reconciliation, without a slash at the end. */
  here: string;
  /** "?run=…" where an earlier run is looked at, else "". */
  ofRun: string;
}

/** The latest run that is done, or the one that the address names. Others' reconciliations, and runs of others, are not there. */
export async function requireResult(
  args: RouteArgs,
  right: "reconciliations.read" | "reconciliations.write" = "reconciliations.read",
): Promise<ShownResult> {
  const scope = await requireScope(args, right);
  const params = new URL(args.request.url).searchParams;
  const runId = params.get("run");
  const reconciliationId = args.params.reconciliationId ?? "";
  const result = (await findResult(scope, { reconciliationId, runId })) ?? notFound();
  const here = `/${scope.account.slug}/reconciliations/${result.reconciliationId}`;
  return { scope, result, params, here, ofRun: result.run && !result.run.isLatest ? `?run=${result.run.id}` : "" };
}

export type DoneResult = ShownResult & { run: DoneRun };

/** Where nothing is compared yet, the summary says so. */
export async function requireDone(
  args: RouteArgs,
  right?: "reconciliations.read" | "reconciliations.write",
): Promise<DoneResult> {
  const shown = await requireResult(args, right);
  const { run } = shown.result;
  if (!run) throw redirect(shown.here);
  return { ...shown, run };
}

/** Of all its pages alike. */
export function headFacts({ scope, result, here, ofRun }: ShownResult) {
  return {
    ...{ accountName: scope.account.name, name: result.name, here, ofRun },
    mayWrite: can(scope, "reconciliations.write"),
    days: result.run ? daysText(scope.place, result.run) : "",
  };
}

const parts = [
  ["", "Summary"],
  ["/findings", "Findings"],
  ["/gaps", "Why orders are missing"],
  ["/trend", "Trend"],
] as const;

export function resultTabs(
  { here, ofRun }: Pick<ShownResult, "here" | "ofRun">,
  current: (typeof parts)[number][0] | "/runs",
) {
  const tabs = parts.map(([path, label]) => ({ href: `${here}${path}${ofRun}`, label, current: path === current }));
  return [...tabs, { href: `${here}/runs`, label: "Runs", current: current === "/runs" }];
}

/** The findings of this run that are like this. */
export function findingsLink({ here, run }: DoneResult, filter: Partial<FindingFilter>): string {
  return `${here}/findings${findingQuery(filter, { run: run.isLatest ? null : run.id })}`;
}
