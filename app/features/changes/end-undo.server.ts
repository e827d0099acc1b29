/** How a long undo ends: written down, told to the audit and to whoever asked for it. */
import { closeChangeSet } from "~/features/changes/changes.server";
import { lockUndo, type OpenUndo } from "~/features/changes/open-undo.server";
import "~/features/changes/tables";
import { beginNext, listWaiting } from "~/features/changes/undo-group.server";
import { countLeft, countPutBack } from "~/features/changes/undo-figures.server";
import { type Undoing } from "~/features/changes/undo.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** `failed`: it was stopped, or given up; what it did stays, and it can be gone on with. */
type End = "done" | "failed";

interface Ending {
  undoing: Undoing;
  state: End;
}

/** In the transaction of its last batch. Of a group the next begins; where this one did not end well, the others end with it. */
export async function endUndo(scope: Scope, undo: OpenUndo, { undoing, state }: Ending): Promise<true> {
  await endOne(scope, undo, { undoing, state });
  if (undo.group_id === null) return true;
  if (state === "done") await beginNext(scope, undo.group_id);
  else {
    for (const id of await listWaiting(scope, undo.group_id)) {
      const other = await lockUndo(scope, id);
      if (other) await endOne(scope, other, { undoing, state });
    }
  }
  return true;
}

async function endOne(scope: Scope, undo: OpenUndo, { undoing, state }: Ending): Promise<void> {
  const undone = await countPutBack(scope, undo.own_change_set_id);
  const { left } = await countLeft(scope, { undoId: undo.id, ownChangeSetId: undo.own_change_set_id });
  await scope.db
    .updateTable("undos")
    .set({ state, undone_count: undone, finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undo.id)
    .execute();
  const eventId = await undoing.recordEvent(scope, {
    action: "change.undone",
    subject: { changeSetId: undo.change_set_id },
    counts: { undone, leftAlone: left },
  });
  await closeChangeSet(scope, undo.own_change_set_id, eventId);
  // Of several in one go the one that was asked for tells how it ended; another only where it did not end well.
  const isMain = undo.group_id === null || undo.group_id === undo.id;
  if (!isMain && (state === "done" || undo.entries_done === 0)) return;
  await undoing.tellEnd(scope, {
    ...{ eventId, changeSetId: undo.change_set_id, rootId: undo.root_id ?? undo.change_set_id },
    ...{ isRedo: undo.turn % 2 === 1, askedBy: undo.asked_by, wasStopped: undo.stop_requested_at !== null },
    ...{ state, undone, left },
  });
}

/** Ends an undo that was tried as often as it should be. */
export function giveUpUndo(scope: Scope, undoId: string, undoing: Undoing): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const undo = await lockUndo(scope, undoId);
    if (undo) await endUndo(scope, undo, { undoing, state: "failed" });
  });
}
