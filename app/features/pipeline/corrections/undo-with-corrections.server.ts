import { type Change } from "~/features/changes/list-changes.server";
import { type Undoing, undoChangeSet, type UndoResult } from "~/features/changes/undo.server";
import { undoTogether } from "~/features/changes/undo-together.server";
import { alongWith } from "~/features/pipeline/corrections/undone-along.server";
import { type Scope } from "~/platform/scope.server";

interface Asked {
  undoing: Undoing;
  editedToo: boolean;
  /** Whether whoever undoes wants the corrections to go along; null: nobody was asked, as in the list. */
  corrections: "too" | "stay" | null;
}

/** `cameAgain`: the files of corrections that were left as they are, since their rows came in again by another import. */
type UndoneWith = UndoResult | { ok: true; undoId: string; cameAgain: string[] };

/** Undoes a change, and where it is an import the corrections of its refused rows in one go with it, as it was chosen. */
export async function undoWithCorrections(
  scope: Scope,
  change: Pick<Change, "id" | "turn">,
  { undoing, editedToo, corrections }: Asked,
): Promise<UndoneWith> {
  const { id: mainId, turn } = change;
  // Where nobody was asked, what was undone in one go comes back so.
  const goAlong = corrections === "too" || (corrections === null && turn > 0);
  const along = goAlong ? await alongWith(scope, change) : [];
  if (along.length === 0) return undoChangeSet(scope, mainId, undoing, { editedToo });
  const lastFirst = along.map(({ id }) => id).reverse();
  // What was done last is undone first; what is redone comes back as it was done.
  const inOrder = turn % 2 === 1 ? [mainId, ...lastFirst] : [...lastFirst, mainId];
  const asked = await undoTogether(scope, { mainId, inOrder, undoing, editedToo });
  if (!asked.ok) return asked;
  const left = along.filter(({ id }) => asked.cameAgain.includes(id));
  return { ok: true, undoId: asked.undoId, cameAgain: left.map(({ fileName }) => fileName) };
}
