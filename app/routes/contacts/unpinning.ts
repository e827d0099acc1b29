import { type ActionFunctionArgs } from "@remix-run/node";
import { fieldNames, isContactField } from "~/features/contacts/contact";
import { unpinField } from "~/features/contacts/edit-contact.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
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
  const message = flash(`${fieldNames[field]} unpinned: it says again what the newest record says.`);
  return redirectTo(args, `/${scope.account.slug}/contacts/${contactId}`, message);
}
