import { type ActionFunctionArgs } from "@remix-run/node";
import { restoreContact } from "~/features/contacts/archive-contacts.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
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
  return redirectTo(args, `/${scope.account.slug}/contacts/${contactId}`, flash("Restored."));
}
