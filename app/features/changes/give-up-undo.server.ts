import { UNDO_TASK } from "~/features/changes/ask-for-undo.server";
import { giveUpUndo } from "~/features/changes/end-undo.server";
import "~/features/changes/tables";
import { type Undoing } from "~/features/changes/undo.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Gives up every long undo of the account that counts as at work while no job will ever go on with it. Those asked for
 * in one go wait for each other without jobs of their own: one job among them is enough. Not within a transaction.
 */
export async function giveUpAbandonedUndos(scope: Scope, undoing: Undoing): Promise<void> {
  for (const ids of await listAtWork(scope)) {
    if (await isOneAwaited(scope, ids)) continue;
    for (const id of ids) await giveUpUndo(scope, id, undoing);
  }
}

/** Those asked for in one go together, in their order. */
async function listAtWork(scope: Scope): Promise<Iterable<string[]>> {
  const rows = await scope.db
    .selectFrom("undos")
    .select(["id", "group_id"])
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "running"])
    .orderBy("place")
    .execute();
  const groups = new Map<string, string[]>();
  for (const { id, group_id } of rows) groups.set(group_id ?? id, [...(groups.get(group_id ?? id) ?? []), id]);
  return groups.values();
}

/** Asked in their order: one that has ended by now has let the next begin, whose job is there when it is asked for. */
async function isOneAwaited(scope: Scope, undoIds: readonly string[]): Promise<boolean> {
  for (const id of undoIds) if (await isAwaited(scope, UNDO_TASK, id)) return true;
  return false;
}
