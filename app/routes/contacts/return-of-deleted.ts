import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { countedContacts } from "~/features/contacts/contact";
import { bringBackContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const form = await readForm(args.request);
  // A row's own button, whatever else is ticked.
  const only = onlyText(form, "only");
  const ids = (only ? [only] : form.getAll("id")).flatMap((id) => (typeof id === "string" && isId(id) ? id : []));
  const { broughtBack, changeSetId } = await bringBackContacts(scope, ids);
  const path = `/${scope.account.slug}/contacts/deleted`;
  if (broughtBack === 0) return redirectTo(args, path, warning("Nobody was brought back."));
  const text = `${countedContacts(broughtBack, scope.place.locale)} brought back.`;
  return redirectTo(args, path, flash(text, undoLink(scope.account.slug, changeSetId)));
}
