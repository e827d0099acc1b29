import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { subjects } from "~/composition.server";
import { findDraft } from "~/features/pipeline/draft-run.server";
import { beginTrial } from "~/features/pipeline/trial/continue-trial.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "contacts.import");
  return methodNotAllowed();
}

/** Checks a file anew: contacts have changed since, or the last check came to nothing. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const subject = subjects[draft.subject] ?? notFound();
  await beginTrial(scope, subject, draft);

  return redirectTo(args, `/${scope.account.slug}/imports/${draft.id}/check`);
}
