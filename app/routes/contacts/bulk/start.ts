import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { type BulkEdit, findBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { bulkWords } from "~/features/contacts/bulk/bulk-words";
import { countedContacts } from "~/features/contacts/contact";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { withBack } from "~/features/contacts/list/way-back";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { bulkId = "" } = args.params;
  const started = await startBulk(scope, bulkId);
  if (!started.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const back = listBehind(args, base);
  if (!started.isDone) return redirectTo(args, withBack(`${base}/bulk/${bulkId}`, back));
  const bulk = (await findBulk(scope, bulkId)) ?? notFound();
  const told = toldIn(bulk, { locale: scope.place.locale, fields: await customFields(scope) });
  const undo = undoLink(scope.account.slug, bulk.changed > 0 ? bulk.changeSetId : null);
  const message = bulk.conflicts + bulk.gone > 0 ? warning(told, undo) : flash(told, undo);
  return redirectTo(args, back ?? base + (bulk.query ?? ""), message);
}

function toldIn(bulk: BulkEdit, reader: Parameters<typeof bulkWords>[1]): string {
  const { changed, conflicts, gone, change } = bulk;
  const { done } = bulkWords(change, reader);
  return [
    `${countedContacts(changed, reader.locale)} ${done}.`,
    conflicts > 0 ? `${conflicts} left as they are: a colleague changed them meanwhile.` : "",
    gone > 0 ? `${gone} no longer there.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
