import { type ActionFunctionArgs } from "@remix-run/node";
import { undoing } from "~/composition.server";
import { type Change, findChange } from "~/features/changes/list-changes.server";
import { type NotUndone, undoChangeSet, type UndoneAtOnce, type UndoResult } from "~/features/changes/undo.server";
import { undoTogether } from "~/features/changes/undo-together.server";
import { undoLink } from "~/features/changes/undo-window";
import { undoneWords } from "~/features/changes/undone-words";
import { countedContacts } from "~/features/contacts/contact";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectBack, redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { alongWith } from "~/routes/changes/undone-along.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { changeSetId = "" } = args.params;
  if (!isId(changeSetId)) return notFound();
  const change = await findChange(scope, changeSetId);
  const result = await undo(scope, { changeSetId, change }, await readForm(args.request));
  if (!result.ok && result.reason === "not-found") return notFound();
  if ("undoId" in result) return redirectTo(args, `/${scope.account.slug}/changes/${changeSetId}`);
  return toldAtOnce(args, scope, { result, isRedo: change !== null && isUndo(change) });
}

const isUndo = ({ turn }: Change) => turn % 2 === 1;

interface Told {
  result: UndoneAtOnce | NotUndone;
  isRedo: boolean;
}

function toldAtOnce(args: ActionFunctionArgs, scope: Scope, { result, isRedo }: Told) {
  const list = `/${scope.account.slug}/contacts`;
  const words = undoneWords(result, { counted: (count) => countedContacts(count, scope.place.locale), isRedo });
  if (!result.ok || result.undone === 0 || result.leftAlone.length > 0) return redirectBack(args, list, warning(words));
  const message = flash(words, undoLink(scope.account.slug, result.changeSetId, isRedo ? "Undo" : "Redo"));
  // The page of what was just made is no longer there.
  return result.gone.length > 0 ? redirectTo(args, list, message) : redirectBack(args, list, message);
}

/** Where nobody was asked, as in the list, what was undone in one go is redone so. */
async function undo(
  scope: Scope,
  { changeSetId, change: found }: { changeSetId: string; change: Change | null },
  form: FormData,
): Promise<UndoResult> {
  const editedToo = onlyText(form, "edited") === "undone";
  const isChosen = onlyText(form, "asked") === "" || onlyText(form, "along") === "too";
  const change = isChosen ? found : null;
  const along = change && (change.turn > 0 || onlyText(form, "asked") !== "") ? await alongWith(scope, change) : [];
  if (!change || along.length === 0) return undoChangeSet(scope, changeSetId, undoing, { editedToo });
  const ids = along.map(({ id }) => id);
  // What was done last is undone first; what is redone comes back as it was done.
  const inOrder = isUndo(change) ? [changeSetId, ...ids.reverse()] : [...ids.reverse(), changeSetId];
  return undoTogether(scope, { mainId: changeSetId, inOrder, undoing, editedToo });
}
