import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { withBack } from "~/features/contacts/list/way-back";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "", otherId = "" } = args.params;
  const result = await correctHousehold(scope, { contactId, otherId, kind: "together" });
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("They are one household.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
}
