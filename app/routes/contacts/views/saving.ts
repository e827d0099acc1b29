import { type ActionFunctionArgs } from "@remix-run/node";
import { readView } from "~/features/contacts/list/contact-list";
import { queryToSave } from "~/features/contacts/views/saved-view";
import { overwriteView } from "~/features/contacts/views/saved-views.server";
import { badRequest, methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const { viewId = "" } = args.params;
  const query = queryToSave(readView(new URLSearchParams(onlyText(await readForm(args.request), "query"))));
  if (query === "") return badRequest();
  const { ok } = await overwriteView(scope, viewId, query);
  if (!ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/contacts${query}&view=${viewId}`, flash("The view is saved."));
}
