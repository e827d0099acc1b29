import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { unrelate } from "~/features/contacts/relationships/relationships.server";
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
  const { contactId = "", relationshipId = "" } = args.params;
  if (!isId(contactId) || !isId(relationshipId)) return notFound();
  const result = await unrelate(scope, { contactId, relationshipId });
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("No longer related.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
}
