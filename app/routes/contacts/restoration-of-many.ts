import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { restoreContacts } from "~/features/contacts/deletion/archive-contacts.server";
import { countedContacts } from "~/features/contacts/contact";
import { methodNotAllowed } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = (await readForm(args.request))
    .getAll("id")
    .flatMap((id) => (typeof id === "string" && isId(id) ? id : []));
  const { restored, changeSetId } = await restoreContacts(scope, [...new Set(ids)]);
  const base = `/${scope.account.slug}/contacts`;
  const message = flash(
    `${countedContacts(restored, scope.place.locale)} restored.`,
    undoLink(scope.account.slug, changeSetId),
  );
  return redirectTo(args, listBehind(args, base) ?? `${base}?archived=yes`, message);
}
