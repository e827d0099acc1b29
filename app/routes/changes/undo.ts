import { type ActionFunctionArgs } from "@remix-run/node";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { undoLink } from "~/features/changes/undo-window";
import { undoneWords } from "~/features/changes/undone-words";
import { countedContacts } from "~/features/contacts/contact";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectBack, redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { changeSetId = "" } = args.params;
  if (!isId(changeSetId)) return notFound();
  const form = await readForm(args.request);
  const result = await undoChangeSet(scope, changeSetId, undoing, { editedToo: onlyText(form, "edited") === "undone" });
  if (!result.ok && result.reason === "not-found") return notFound();
  if ("undoId" in result) return redirectTo(args, `/${scope.account.slug}/changes/${changeSetId}`);
  const list = `/${scope.account.slug}/contacts`;
  const words = undoneWords(result, (count) => countedContacts(count, scope.place.locale));
  if (!result.ok || result.undone === 0 || result.leftAlone.length > 0) return redirectBack(args, list, warning(words));
  const message = flash(words, undoLink(scope.account.slug, result.changeSetId, "Redo"));
  // The page of what was just made is no longer there.
  return result.gone.length > 0 ? redirectTo(args, list, message) : redirectBack(args, list, message);
}
