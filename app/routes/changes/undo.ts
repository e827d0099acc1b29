import { type ActionFunctionArgs } from "@remix-run/node";
import { undoing } from "~/composition.server";
import { type Change, findChange } from "~/features/changes/list-changes.server";
import { type NotUndone, type UndoneAtOnce } from "~/features/changes/undo.server";
import { undoLink } from "~/features/changes/undo-window";
import { undoneWords } from "~/features/changes/undone-words";
import { countedIn, subjectOf } from "~/features/contacts/history/change-words";
import { cameAgainWords } from "~/features/pipeline/corrections/along-words";
import { undoWithCorrections } from "~/features/pipeline/corrections/undo-with-corrections.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectBack, redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const change = (await findChange(scope, args.params.changeSetId ?? "")) ?? notFound();
  const result = await undoWithCorrections(scope, change, { undoing, ...readChoice(await readForm(args.request)) });
  if (!result.ok && result.reason === "not-found") return notFound();
  if ("undoId" in result) {
    const left = "cameAgain" in result && result.cameAgain.length > 0 ? cameAgainWords(result.cameAgain) : null;
    return redirectTo(args, `/${scope.account.slug}/changes/${change.id}`, left === null ? undefined : warning(left));
  }
  return toldAtOnce(args, scope, { change, result, isRedo: change.turn % 2 === 1 });
}

/** The list asks nothing: its button sends no fields. */
function readChoice(form: FormData) {
  const isToo = onlyText(form, "along") === "too";
  const corrections = onlyText(form, "asked") === "" ? null : isToo ? ("too" as const) : ("stay" as const);
  return { editedToo: onlyText(form, "edited") === "undone", corrections };
}

interface Told {
  change: Change;
  result: UndoneAtOnce | NotUndone;
  isRedo: boolean;
}

function toldAtOnce(args: ActionFunctionArgs, scope: Scope, { change, result, isRedo }: Told) {
  const { kind, many } = subjectOf(change);
  const list = `/${scope.account.slug}/${kind === "contact" ? many : `data/${many}`}`;
  const words = undoneWords(result, { counted: (count) => countedIn(change, count, scope.place.locale), isRedo });
  if (!result.ok || result.undone === 0 || result.leftAlone.length > 0) return redirectBack(args, list, warning(words));
  const message = flash(words, undoLink(scope.account.slug, result.changeSetId, isRedo ? "Undo" : "Redo"));
  // The page of what was just made is no longer there.
  return result.gone.length > 0 ? redirectTo(args, list, message) : redirectBack(args, list, message);
}
