/** Undoes several change sets in one go: an import and the corrections of its refused rows. A job does it, one after the other. */
import { askForUndo } from "~/features/changes/ask-for-undo.server";
import { tellUndone } from "~/features/changes/tell-undone.server";
import { beginNext } from "~/features/changes/undo-group.server";
import { markUndone } from "~/features/changes/undo-line.server";
import { type LockedSet, lookAt, type NotUndone, type Undoing } from "~/features/changes/undo.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface Together {
  /** The one on whose page it was asked for. */
  mainId: string;
  /** All of them, in the order in which they are undone. */
  inOrder: readonly string[];
  undoing: Undoing;
  editedToo?: boolean;
}

export interface AskedTogether {
  ok: true;
  undoId: string;
  /** Those that were left as they are, since what they did was done again by others: it would be there twice. */
  cameAgain: string[];
}

const passedOver: readonly NotUndone["reason"][] = ["undone-already", "came-again"];

/** All of them or none: one that cannot be undone now refuses it. What was undone already, or came in again, is passed over. */
export function undoTogether(
  scope: Scope,
  { mainId, inOrder, undoing, editedToo = false }: Together,
): Promise<AskedTogether | NotUndone> {
  return inTransaction(scope, async (scope) => {
    const looked: { set: LockedSet; count: number }[] = [];
    const cameAgain: string[] = [];
    for (const id of inOrder) {
      const one = await lookAt(scope, id, undoing);
      if (one.ok) looked.push(one);
      else if (id === mainId || !passedOver.includes(one.reason)) return one;
      else if (one.reason === "came-again") cameAgain.push(id);
    }
    const groupId = newId();
    for (const [place, { set, count }] of looked.entries()) {
      const id = set.id === mainId ? groupId : newId();
      const asked = { changeSetId: set.id, editedToo, count, inGroup: { id, groupId, place } };
      const { ownId } = await askForUndo(scope, asked);
      await markUndone(scope, set, ownId);
      await tellUndone(scope, set, undoing);
    }
    await beginNext(scope, groupId);
    return { ok: true, undoId: groupId, cameAgain };
  });
}
