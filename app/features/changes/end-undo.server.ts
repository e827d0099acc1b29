/** How a long undo ends: written down, told to the audit and to whoever asked for it. */
import { closeChangeSet } from "~/features/changes/changes.server";
import { lockUndo, type OpenUndo } from "~/features/changes/open-undo.server";
import "~/features/changes/tables";
import { type Undoing } from "~/features/changes/undo.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** `failed`: it was stopped, or given up; what it did stays, and it can be gone on with. */
type End = "done" | "failed";

/** In the transaction of its last batch. */
export async function endUndo(
  scope: Scope,
  undo: OpenUndo,
  { undoing, state }: { undoing: Undoing; state: End },
): Promise<true> {
  const { undone_count: undone, left_count: left } = undo;
  await scope.db
    .updateTable("undos")
    .set({ state, finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undo.id)
    .execute();
  const eventId = await undoing.recordEvent(scope, {
    action: "change.undone",
    subject: { changeSetId: undo.change_set_id },
    counts: { undone, leftAlone: left },
  });
  await closeChangeSet(scope, undo.own_change_set_id, eventId);
  await undoing.tellEnd(scope, {
    ...{ eventId, changeSetId: undo.change_set_id, rootId: undo.root_id ?? undo.change_set_id },
    ...{ isRedo: undo.turn % 2 === 1, askedBy: undo.asked_by, wasStopped: undo.stop_requested_at !== null },
    ...{ state, undone, left },
  });
  return true;
}

/** Ends an undo that was tried as often as it should be. */
export function giveUpUndo(scope: Scope, undoId: string, undoing: Undoing): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const undo = await lockUndo(scope, undoId);
    if (undo) await endUndo(scope, undo, { undoing, state: "failed" });
  });
}
