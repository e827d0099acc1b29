import { type ActionFunctionArgs } from "@remix-run/node";
import { MOST_VIEWS } from "~/features/contacts/views/list-views.server";
import { bringBackView } from "~/features/contacts/views/saved-views.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const { viewId = "" } = args.params;
  const brought = await bringBackView(scope, viewId);
  const list = `/${scope.account.slug}/contacts`;
  if (brought.ok) return redirectTo(args, `${list}?view=${viewId}`, flash("The view is back."));
  return brought.reason === "not-found" ? notFound() : redirectTo(args, list, warning(notBack[brought.reason]));
}

const notBack = {
  "name-taken": "There is a view of this name by now. Give that one another name first, then bring this one back.",
  "too-many": `There are ${MOST_VIEWS} views already. Delete one first, then bring this one back.`,
  "not-yours-to-share": "Everybody would see this view, and you may not share one.",
};
