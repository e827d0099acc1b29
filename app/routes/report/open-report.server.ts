/** A report behind a link: nobody is signed in, and no cookie is looked at. */
import { type Report, reportOf } from "~/features/reconciliation/report/report";
import { accountOfToken, openReportLink } from "~/features/reconciliation/report/report-links.server";
import { findResult } from "~/features/reconciliation/results/find-result.server";
import { publicScope, unlisted } from "~/http/public-scope.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

export type OpenReport = { state: "open"; scope: Scope; report: Report } | { state: "unknown" | "ended" };

export async function openReport({ context, params }: Pick<RouteArgs, "context" | "params">): Promise<OpenReport> {
  unlisted(context);
  const { token = "" } = params;
  const accountId = accountOfToken(token);
  const scope = accountId === null ? null : await publicScope(context, accountId);
  const link = scope && (await openReportLink(scope, token));
  if (!scope || !link) return { state: "unknown" };
  if (link.state === "ended") return { state: "ended" };
  const found = await findResult(scope, link);
  // Its reconciliation was deleted.
  if (!found?.run) return { state: "ended" };
  const { name: firm } = scope.account;
  return { state: "open", scope, report: reportOf({ firm, name: found.name, run: found.run }, scope.place) };
}
