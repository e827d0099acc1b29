import { findRun } from "~/features/pipeline/run/runs.server";
import { startChecked, type StartRefusal } from "~/features/pipeline/trial/start-checked.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

const words: Record<StartRefusal, string> = {
  "not-checked": "All rows are checked before the import starts. Look at what it would do, then start it.",
  "no-rows": "There are no rows in this file: nothing to import.",
  unconfirmed: "Tick the box to confirm the numbers, as they are now.",
};

/**
 * Starts an import and leads to it, also where it was started already. Else back to the check, in a sentence; what has
 * to be confirmed is `refused`, for the form itself to say.
 */
export async function answerStart(
  args: RouteArgs,
  scope: Scope,
  { runId, confirmed }: { runId: string; confirmed: string | null },
) {
  const started = await startChecked(scope, runId, { confirmed });
  const page = `/${scope.account.slug}/imports/${runId}`;
  if (started.ok) return { refused: null, response: redirectTo(args, page) };
  if (started.reason === "not-a-draft") {
    if (!(await findRun(scope, runId))) notFound();
    return { refused: null, response: redirectTo(args, page) };
  }
  const sentence = words[started.reason];
  const refused = started.reason === "unconfirmed" ? sentence : null;
  return { refused, response: redirectTo(args, `${page}/check`, flash(sentence)) };
}
