import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
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
  const result = await restoreContact(scope, contactId);
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const path = `${base}/${contactId}`;
  const list = listBehind(args, base);
  return redirectTo(args, withBack(path, list), flash("Restored.", undoLink(scope.account.slug, result.changeSetId)));
}
