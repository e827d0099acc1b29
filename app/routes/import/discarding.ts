import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { discardDraft } from "~/features/pipeline/draft/draft-run.server";
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
  const discarded = await discardDraft(scope, runIdOf(args.params));
  if (!discarded.ok) notFound();

  return redirectTo(args, `/${scope.account.slug}/imports`, flash("Thrown away. Nothing of it was stored."));
}
