import { type ActionFunctionArgs } from "@remix-run/node";
import { undoArchival } from "~/features/contacts/archive-contacts.server";
import { countedContacts } from "~/features/contacts/contact";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const { changeSetId = "" } = args.params;
  if (!isId(changeSetId)) return notFound();
  const result = await undoArchival(scope, changeSetId);
  if (!result.ok) return notFound();
  const message = flash(`${countedContacts(result.restored, scope.place.locale)} restored.`);
  return redirectBack(args, `/${scope.account.slug}/contacts`, message);
}
