import { type Providers } from "~/features/connectors/connector";
import { startAgain } from "~/features/connectors/runs/start-again.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { begun, whyNotStarted } from "~/routes/connectors/many.server";
import { runIdOf } from "~/routes/import/run-id.server";

/** Once more what a run of a connector was. Leads to the new run; where none can begin, back to that one with why. */
export async function repeatRun(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const run = (await findRun(scope, runIdOf(args.params))) ?? notFound();
  const started = await startAgain(scope, run.id, { providers });
  const page = `/${scope.account.slug}/imports`;
  return started.ok
    ? redirectTo(args, `${page}/${started.runId}`, flash(begun[started.mode]))
    : redirectTo(args, `${page}/${run.id}`, warning(whyNotStarted(started.reason)));
}
