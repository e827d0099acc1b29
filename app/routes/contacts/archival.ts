import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { withBack } from "~/features/contacts/list/way-back";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const contactId = args.params.contactId ?? "";
  if (!isId(contactId)) return notFound();
  const result = await archiveContact(scope, contactId);
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("Archived. Nothing is deleted.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
}
