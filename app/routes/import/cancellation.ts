import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { findRun } from "~/features/pipeline/run/runs.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "work.cancel");
  return methodNotAllowed();
}

/** Whoever comes too late sees how it ended. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "work.cancel");
  const runId = runIdOf(args.params);
  const cancelled = await cancelAnyRun(scope, runId);
  if (!cancelled.ok && !(await findRun(scope, runId))) notFound();

  return redirectTo(args, `/${scope.account.slug}/imports/${runId}`);
}
