/** A long undo that is not over: held for a batch of it, begun again, or ended where it stands. */
import { enqueueUndo } from "~/features/changes/ask-for-undo.server";
import { lastOrdinal } from "~/features/changes/left-alone.server";
import { refusedLong } from "~/features/changes/may-undo.server";
import "~/features/changes/tables";
import { beginNext, togetherWith } from "~/features/changes/undo-group.server";
import { type Undoing } from "~/features/changes/undo.server";
import { undoableSince } from "~/features/changes/undo-window";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type OpenUndo = NonNullable<Awaited<ReturnType<typeof lockUndo>>>;

/** Null when it is over. Held to the end of the transaction, so that of two workers each batch is one's. */
export function lockUndo(scope: Scope, undoId: string) {
  return scope.db
    .selectFrom("undos")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "undos.account_id").onRef("change.id", "=", "undos.change_set_id"),
    )
    .select(["undos.id", "undos.change_set_id", "undos.own_change_set_id", "undos.edited", "undos.below"])
    .select(["undos.after_id", "undos.entries_done", "undos.entries_written"])
    .select(["undos.left_count", "undos.again_below", "undos.stop_requested_at", "undos.asked_by"])
    .select(["undos.group_id", "undos.own_only_at"])
    .select(["change.action", "change.root_id", "change.turn"])
    .where("undos.account_id", "=", scope.account.id)
    .where("undos.id", "=", undoId)
    .where("undos.state", "in", ["queued", "running"])
    .$call(lockRows(scope, { of: "undos" }))
    .executeTakeFirst();
}

/**
 * Goes on with a long undo that has ended: where it was stopped, or with what it left alone, now that this is chosen.
 * Both are known by the undo's own change set. Those that it waits for, and that did not come to their end, go on before
 * it. False when there is nothing to go on with, what it undid was redone since, or whoever asks may not undo it now.
 */
export function resumeUndo(scope: Scope, ownChangeSetId: string, undoing: Undoing): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const undo = await lockEnded(scope, ownChangeSetId);
    if (!undo || refusedLong(scope, undo, undoing) || (await isDoneAnew(scope, undo, undoing))) return false;
    const isAgain = undo.state === "done";
    if (isAgain && undo.left_count === 0) return false;
    const last = isAgain ? await lastOrdinal(scope, undo.id) : null;
    const chosen = last === null ? {} : { edited: "undone" as const, again_below: last + 1 };
    await goOn(scope, undo.id, chosen);
    if (isAgain || undo.group_id !== undo.id) await enqueueUndo(scope, undo.id);
    else await goOnTogether(scope, undo.id, { ownChangeSetId, undoing });
    return true;
  });
}

/** Those that did not come to their end, in their order. */
async function goOnTogether(
  scope: Scope,
  groupId: string,
  { ownChangeSetId, undoing }: { ownChangeSetId: string; undoing: Undoing },
): Promise<void> {
  for (const ownId of await togetherWith(scope, ownChangeSetId)) {
    const other = ownId === ownChangeSetId ? undefined : await lockEnded(scope, ownId);
    if (other?.state !== "failed" || refusedLong(scope, other, undoing)) continue;
    if (!(await isDoneAnew(scope, other, undoing))) await goOn(scope, other.id);
  }
  await beginNext(scope, groupId);
}

/** What a redo was to bring back has come in again since it broke off: gone on with, it would be here twice. */
async function isDoneAnew(
  scope: Scope,
  { root_id, turn }: { root_id: string | null; turn: number },
  { cameAgain }: Undoing,
): Promise<boolean> {
  return turn % 2 === 1 && root_id !== null && (await cameAgain(scope, root_id));
}

async function goOn(
  scope: Scope,
  undoId: string,
  chosen: { edited?: "undone"; again_below?: number } = {},
): Promise<void> {
  await scope.db
    .updateTable("undos")
    .set({
      ...{ state: "queued", finished_at: null, stop_requested_at: null },
      own_only_at: scope.ownOnly ? scope.clock.now() : null,
      ...chosen,
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undoId)
    .execute();
}

/** The undo's own change set must hold: what was redone is undone anew, not gone on with. */
function lockEnded(scope: Scope, ownChangeSetId: string) {
  return scope.db
    .selectFrom("undos")
    .innerJoin("change_sets as own", (join) =>
      join.onRef("own.account_id", "=", "undos.account_id").onRef("own.id", "=", "undos.own_change_set_id"),
    )
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "undos.account_id").onRef("change.id", "=", "undos.change_set_id"),
    )
    .select(["undos.id", "undos.state", "undos.left_count", "undos.group_id"])
    .select(["change.action", "change.created_by", "change.root_id", "change.turn"])
    .where("undos.account_id", "=", scope.account.id)
    .where("undos.own_change_set_id", "=", ownChangeSetId)
    .where("undos.state", "in", ["done", "failed"])
    .where("own.undone_at", "is", null)
    .where("change.created_at", ">=", undoableSince(scope.clock.now()))
    .$call(lockRows(scope, { of: "undos" }))
    .executeTakeFirst();
}

/** Asks a long undo, and those asked for in one go with it, to end where they stand. */
export async function stopUndo(scope: Scope, ownChangeSetId: string): Promise<void> {
  await scope.db
    .updateTable("undos")
    .set({ stop_requested_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("own_change_set_id", "in", await togetherWith(scope, ownChangeSetId))
    .where("state", "in", ["queued", "running"])
    .where("stop_requested_at", "is", null)
    .execute();
}
