/** Long undos that were asked for in one go: one after the other, in the order of their places. */
import { enqueueUndo } from "~/features/changes/ask-for-undo.server";
import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** All of a group, in its order. `rootId`: what was done first; `isUndone`: the undo was undone itself. */
export async function listGroup(scope: Scope, groupId: string) {
  const rows = await scope.db
    .selectFrom("undos")
    .innerJoin("change_sets as own", (join) =>
      join.onRef("own.account_id", "=", "undos.account_id").onRef("own.id", "=", "undos.own_change_set_id"),
    )
    .select(["undos.id", "undos.state", "undos.change_set_id as changeSetId", "undos.own_change_set_id as ownId"])
    .select(["undos.entries", "undos.entries_done as done", "undos.undone_count as undone", "undos.left_count as left"])
    .select(["own.root_id", "own.undone_at"])
    .where("undos.account_id", "=", scope.account.id)
    .where("undos.group_id", "=", groupId)
    .orderBy("undos.place")
    .execute();
  return rows.map(({ root_id, undone_at, ...row }) => ({
    ...row,
    rootId: root_id ?? row.changeSetId,
    isUndone: undone_at !== null,
  }));
}

/** Lets the next of a group begin, where none of it is at work. */
export async function beginNext(scope: Scope, groupId: string): Promise<void> {
  const [next] = (await listGroup(scope, groupId)).filter(({ state }) => state === "queued" || state === "running");
  if (next?.state === "queued") await enqueueUndo(scope, next.id);
}

/** Those of a group that wait for others. */
export async function listWaiting(scope: Scope, groupId: string): Promise<string[]> {
  const waiting = (await listGroup(scope, groupId)).filter(({ state }) => state === "queued");
  return waiting.map(({ id }) => id);
}

/** Undos that are gone on with or stopped together with this one: all of its group; by their own change sets. */
export async function togetherWith(scope: Scope, ownChangeSetId: string): Promise<string[]> {
  const row = await scope.db
    .selectFrom("undos")
    .select("group_id")
    .where("account_id", "=", scope.account.id)
    .where("own_change_set_id", "=", ownChangeSetId)
    .executeTakeFirst();
  if (!row?.group_id) return [ownChangeSetId];
  return (await listGroup(scope, row.group_id)).map(({ ownId }) => ownId);
}
