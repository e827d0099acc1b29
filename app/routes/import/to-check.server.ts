import { subjects } from "~/composition.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { beginTrial } from "~/features/pipeline/trial/continue-trial.server";
import { findTrial } from "~/features/pipeline/trial/trials.server";
import { notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

/** Leads to the check of a draft, whose trial begins where there is none of it as it is set up now. */
export async function toCheck(args: RouteArgs, scope: Scope, runId: string, { anew = false } = {}) {
  const draft = (await findDraft(scope, runId)) ?? notFound();
  if (anew || !(await findTrial(scope, draft.id))) {
    await beginTrial(scope, subjects[draft.subject] ?? notFound(), draft);
  }
  return redirectTo(args, `/${scope.account.slug}/imports/${draft.id}/check`);
}
