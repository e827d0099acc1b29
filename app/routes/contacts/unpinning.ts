import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { isContactField, unpinnedWords } from "~/features/contacts/contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { unpinField } from "~/features/contacts/edit-contact.server";
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
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "", field = "" } = args.params;
  if (!isId(contactId) || !isContactField(field)) return notFound();
  const result = await unpinField(scope, contactId, field);
  if (!result.ok) return notFound();
  const name = nameOfField(field, await customFields(scope));
  const base = `/${scope.account.slug}/contacts`;
  return redirectTo(
    args,
    withBack(`${base}/${contactId}`, listBehind(args, base)),
    flash(unpinnedWords(field, { ...result, name }), undoLink(scope.account.slug, result.changeSetId)),
  );
}
