/** Undoes a large change set some entries at a time: each batch is written whole or not at all. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { addEntries } from "~/features/changes/changes.server";
import { endUndo } from "~/features/changes/end-undo.server";
import { dropLeftAlone, keepLeftAlone, leftAloneOf, listToChoose } from "~/features/changes/left-alone.server";
import { lockUndo, type OpenUndo } from "~/features/changes/open-undo.server";
import "~/features/changes/tables";
import { type EntryBatch, readEntries } from "~/features/changes/read-entries.server";
import { type PutBack, putBack, type Undoing } from "~/features/changes/undo.server";
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

/** Whether that was all. */
async function batch(scope: Scope, undoId: string, undoing: Undoing): Promise<boolean> {
  const undo = await lockUndo(scope, undoId);
  if (!undo) return true;
  if (undo.stop_requested_at !== null) return endUndo(scope, undo, { undoing, state: "failed" });
  const isGoingOn =
    undo.again_below === null
      ? (await entriesBatch(scope, undo, undoing)) || (await restBatch(scope, undo, undoing))
      : await againBatch(scope, undo, undoing);
  return isGoingOn ? false : endUndo(scope, undo, { undoing, state: "done" });
}

/** What the entries tell, the last first. False: there are no more. */
async function entriesBatch(scope: Scope, undo: OpenUndo, undoing: Undoing): Promise<boolean> {
  const batch = await readEntries(scope, undo.change_set_id, { below: undo.below, limit: BATCH });
  if (batch.lowest === null) return false;
  const back = await putBackSome(scope, undo, { batch, undoing });
  await advance(scope, undo, { back, reached: { below: batch.lowest }, done: batch.read });
  return true;
}

/** What no entry tells: it is of everybody's. */
async function restBatch(scope: Scope, undo: OpenUndo, undoing: Undoing): Promise<boolean> {
  if (undo.own_only_at !== null) return false;
  const rest = await undoing.ownWays[undo.action]?.restoreRest(scope, {
    ...undoneBy(undo),
    after: undo.after_id,
    leftAlone: (ids) => leftAloneOf(scope, undo.id, ids),
  });
  if (!rest?.after) return false;
  await advance(scope, undo, { back: rest, reached: { after_id: rest.after }, done: 0 });
  return true;
}

/** What was left alone at first and was chosen since; then once more what no entry tells. */
async function againBatch(scope: Scope, undo: OpenUndo, undoing: Undoing): Promise<true> {
  const chosen = await listToChoose(scope, undo);
  if (chosen.length === 0) {
    await advance(scope, undo, { back: nothing, reached: { again_below: null, after_id: null }, done: 0 });
    return true;
  }
  const of = [...new Set(chosen.map(({ subjectId }) => subjectId))];
  const batch = await readEntries(scope, undo.change_set_id, { of, limit: undefined });
  const back = await putBackSome(scope, undo, { batch, undoing });
  await advance(scope, undo, { back, reached: {}, done: 0, chosen: chosen.map(({ ordinal }) => ordinal) });
  return true;
}

const nothing: PutBack = { entries: [], leftAlone: [] };

function undoneBy(undo: OpenUndo) {
  return { changeSetId: undo.change_set_id, editedToo: undo.edited === "undone" };
}

async function putBackSome(
  scope: Scope,
  undo: OpenUndo,
  { batch, undoing }: { batch: EntryBatch; undoing: Undoing },
): Promise<PutBack> {
  const { own, others } = await parted(scope, undo, { batch, undoing });
  const back = await putBack(scope, own, { undoing, action: undo.action, undone: undoneBy(undo) });
  const left = others.map((subjectId) => ({ subjectId, name: null, what: "all of it", why: NOT_THEIRS }));
  return { ...back, leftAlone: [...back.leftAlone, ...left] };
}

const NOT_THEIRS = "others look after it, or did when this was done";

/** What is whose where whoever asked sees only their own; else all of it is. */
async function parted(scope: Scope, undo: OpenUndo, { batch, undoing }: { batch: EntryBatch; undoing: Undoing }) {
  const { entries } = batch;
  if (undo.own_only_at === null) return { own: entries, others: [] };
  const subjectIds = [...new Set(entries.map(({ subjectId }) => subjectId))];
  const theirs = await undoing.ownedBy(scope, undo.asked_by ?? "", { changeSetId: undo.change_set_id, subjectIds });
  const own = entries.filter(({ subjectId }) => theirs.has(subjectId));
  return { own, others: subjectIds.filter((id) => !theirs.has(id)) };
}

interface Advance {
  back: PutBack;
  reached: { below?: number; after_id?: string | null; again_below?: null };
  done: number;
  /** Ordinals of what was left alone and has been gone through again. */
  chosen?: readonly number[];
}

async function advance(scope: Scope, undo: OpenUndo, { back, reached, done, chosen = [] }: Advance): Promise<void> {
  const { entries, leftAlone } = back;
  const first = undo.entries_written;
  await addEntries(
    scope,
    undo.own_change_set_id,
    entries.map((entry, index) => ({ ...entry, position: first + index })),
  );
  await keepLeftAlone(scope, undo.id, leftAlone);
  await dropLeftAlone(scope, undo.id, chosen);
  await scope.db
    .updateTable("undos")
    .set({
      state: "running",
      ...reached,
      entries_done: undo.entries_done + done,
      entries_written: first + entries.length,
      left_count: undo.left_count + leftAlone.length - chosen.length,
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undo.id)
    .execute();
}
