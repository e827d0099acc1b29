/** Undoes a large change set some entries at a time: each batch is written whole or not at all. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { addEntries, closeChangeSet } from "~/features/changes/changes.server";
import { keepLeftAlone, leftAloneOf } from "~/features/changes/left-alone.server";
import "~/features/changes/tables";
import { type PutBack, putBack, readEntries, type Undoing } from "~/features/changes/undo.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** So few that nobody else waits long for SQLite's one writer. */
const BATCH = 300;

/** Goes on with an undo from where it stands to its end. Called again after a kill, nothing is done twice. */
export async function continueUndo(
  scope: Scope,
  undoId: string,
  { undoing, signal }: { undoing: Undoing; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    const isDone = await inTransaction(scope, (scope) => batch(scope, undoId, undoing));
    if (isDone) return;
  }
}

async function batch(scope: Scope, undoId: string, undoing: Undoing): Promise<boolean> {
  const undo = await lockUndo(scope, undoId);
  if (!undo) return true;
  const undone = { changeSetId: undo.change_set_id, editedToo: undo.edited === "undone" };
  const way = { undoing, action: undo.action, undone };
  const entries = await readEntries(scope, undo.change_set_id, { below: undo.below, limit: BATCH });
  const last = entries.at(-1);
  if (last) {
    const back = await putBack(scope, entries, way);
    await advance(scope, undo, { back, below: last.position, done: entries.length });
    return false;
  }
  const rest = await undoing.ownWays[undo.action]?.restoreRest(scope, {
    ...undone,
    after: undo.after_id,
    leftAlone: (ids) => leftAloneOf(scope, undoId, ids),
  });
  if (!rest?.after) {
    await end(scope, undo, undoing);
    return true;
  }
  await advance(scope, undo, { back: rest, after: rest.after, done: 0 });
  return false;
}

type Undo = NonNullable<Awaited<ReturnType<typeof lockUndo>>>;

function lockUndo(scope: Scope, undoId: string) {
  return scope.db
    .selectFrom("undos")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "undos.account_id").onRef("change.id", "=", "undos.change_set_id"),
    )
    .select(["undos.id", "undos.change_set_id", "undos.own_change_set_id", "undos.edited", "undos.below"])
    .select(["undos.after_id", "undos.entries_done", "undos.entries_written", "undos.undone_count"])
    .select(["undos.left_count", "change.action"])
    .where("undos.account_id", "=", scope.account.id)
    .where("undos.id", "=", undoId)
    .where("undos.state", "in", ["queued", "running"])
    .$if(scope.database.dialect === "postgres", (query) => query.forUpdate("undos"))
    .executeTakeFirst();
}

async function advance(
  scope: Scope,
  undo: Undo,
  { back, below, after, done }: { back: PutBack; below?: number; after?: string; done: number },
): Promise<void> {
  const { entries, leftAlone } = back;
  const first = undo.entries_written;
  await addEntries(
    scope,
    undo.own_change_set_id,
    entries.map((entry, index) => ({ ...entry, position: first + index })),
  );
  await keepLeftAlone(scope, undo.id, { leftAlone, first: undo.left_count });
  await scope.db
    .updateTable("undos")
    .set({
      state: "running",
      ...(below === undefined ? {} : { below }),
      ...(after === undefined ? {} : { after_id: after }),
      entries_done: undo.entries_done + done,
      entries_written: first + entries.length,
      undone_count: undo.undone_count + new Set(entries.map((entry) => entry.subjectId)).size,
      left_count: undo.left_count + leftAlone.length,
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undo.id)
    .execute();
}

async function end(scope: Scope, undo: Undo, undoing: Undoing): Promise<void> {
  await scope.db
    .updateTable("undos")
    .set({ state: "done", finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undo.id)
    .execute();
  const eventId = await undoing.recordEvent(scope, {
    action: "change.undone",
    subject: { changeSetId: undo.change_set_id },
    counts: { undone: undo.undone_count, leftAlone: undo.left_count },
  });
  await closeChangeSet(scope, undo.own_change_set_id, eventId);
}
