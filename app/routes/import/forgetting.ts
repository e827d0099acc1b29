import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { subjects } from "~/composition.server";
import { findDraft, forgetColumns } from "~/features/pipeline/draft/draft-run.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "contacts.import");
  return methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const forgotten = await forgetColumns(scope, await subjectFor(scope, subjects[draft.subject] ?? notFound()), draft);
  const said = forgotten.ok ? "Forgotten. The columns are guessed anew." : forgotten.reason;

  return redirectTo(args, `/${scope.account.slug}/imports/${draft.id}/columns`, flash(said));
}
