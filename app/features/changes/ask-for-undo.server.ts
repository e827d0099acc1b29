import { openChangeSet } from "~/features/changes/changes.server";
import "~/features/changes/tables";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** One after the other with imports, which would otherwise meet contacts that are being taken away. */
const QUEUE = "import";

/** Asks a job to undo a change set that is marked as undone already. The undo's id. */
export async function askForUndo(
  scope: Scope,
  { changeSetId, editedToo, count }: { changeSetId: string; editedToo: boolean; count: number },
): Promise<string> {
  const id = newId();
  await scope.db
    .insertInto("undos")
    .values({
      ...{ account_id: scope.account.id, id, change_set_id: changeSetId },
      own_change_set_id: await openChangeSet(scope, { action: "change.undone" }),
      state: "queued",
      edited: editedToo ? "undone" : "left",
      ...{ below: null, after_id: null, entries: count, entries_done: 0, entries_written: 0 },
      ...{ undone_count: 0, left_count: 0 },
      asked_at: scope.clock.now(),
      asked_by: scope.user?.id ?? null,
      finished_at: null,
    })
    .execute();
  await enqueue(scope, "undo_change", { accountId: scope.account.id, undoId: id }, { jobKey: id, queueName: QUEUE });
  return id;
}
