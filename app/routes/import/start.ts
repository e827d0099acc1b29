import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { findRun } from "~/features/pipeline/runs.server";
import { startRun } from "~/features/pipeline/start-run.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "contacts.import");
  return methodNotAllowed();
}

/** Pressing the button twice starts it once and shows it both times. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const runId = runIdOf(args.params);
  const started = await startRun(scope, runId);
  if (!started.ok && !(await findRun(scope, runId))) notFound();

  return redirectTo(args, `/${scope.account.slug}/imports/${runId}`);
}
