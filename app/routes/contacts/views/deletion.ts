import { type ActionFunctionArgs } from "@remix-run/node";
import { deleteView } from "~/features/contacts/views/saved-views.server";
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
  const deleted = await deleteView(scope, viewId);
  if (!deleted.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const undo = { label: "Undo", href: `${base}/views/${viewId}/return`, method: "post" } as const;
  return redirectTo(args, base, flash(`The view “${deleted.name}” is deleted.`, undo));
}
