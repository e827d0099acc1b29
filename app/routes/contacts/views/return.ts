import { type ActionFunctionArgs } from "@remix-run/node";
import { bringBackView } from "~/features/contacts/views/saved-views.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const { viewId = "" } = args.params;
  const { ok } = await bringBackView(scope, viewId);
  if (!ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/contacts?view=${viewId}`, flash("The view is back."));
}
