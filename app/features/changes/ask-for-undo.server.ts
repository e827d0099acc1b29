import { openChangeSet } from "~/features/changes/changes.server";
import "~/features/changes/tables";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** One after the other with imports, which would otherwise meet contacts that are being taken away. */
const QUEUE = "import";
/** How often a job takes it up before it is given up. */
const UNDO_ATTEMPTS = 8;
/** The job's task; its key is the undo's id. */
export const UNDO_TASK = "undo_change";

interface Asked {
  changeSetId: string;
  editedToo: boolean;
  /** Of entries. */
  count: number;
  /** One of several: the caller lets the first of them begin. */
  inGroup?: { id: string; groupId: string; place: number };
}

/** Asks a job to undo a change set, to be marked as undone by the caller. The undo's id, and that of its own change set. */
export async function askForUndo(
  scope: Scope,
  { changeSetId, editedToo, count, inGroup }: Asked,
): Promise<{ undoId: string; ownId: string }> {
  const id = inGroup?.id ?? newId();
  const ownId = await openChangeSet(scope, { action: "change.undone" });
  await scope.db
    .insertInto("undos")
    .values({
      ...{ account_id: scope.account.id, id, change_set_id: changeSetId },
      own_change_set_id: ownId,
      state: "queued",
      edited: editedToo ? "undone" : "left",
      ...{ below: null, after_id: null, entries: count, entries_done: 0, entries_written: 0 },
      ...{ undone_count: 0, left_count: 0 },
      asked_at: scope.clock.now(),
      asked_by: scope.user?.id ?? null,
      finished_at: null,
      ...(inGroup && { group_id: inGroup.groupId, place: inGroup.place }),
      own_only_at: scope.ownOnly ? scope.clock.now() : null,
    })
    .execute();
  if (!inGroup) await enqueueUndo(scope, id);
  return { undoId: id, ownId };
}

export async function enqueueUndo(scope: Scope, undoId: string): Promise<void> {
  const payload = { accountId: scope.account.id, undoId };
  await enqueue(scope, UNDO_TASK, payload, { jobKey: undoId, queueName: QUEUE, maxAttempts: UNDO_ATTEMPTS });
}
