/** Takes back what one change set changed. It knows no subject: each kind of record has a restorer. */
import { type ChangeEntry } from "~/features/changes/changes.server";
import "~/features/changes/tables";
import { askForUndo } from "~/features/changes/ask-for-undo.server";
import { refusedLong, refusedShort } from "~/features/changes/may-undo.server";
import { countEntries, readEntries } from "~/features/changes/read-entries.server";
import { tellUndone } from "~/features/changes/tell-undone.server";
import { markUndone } from "~/features/changes/undo-line.server";
import { hasOwnWay, isForJob, isTooLate, MOST_AT_ONCE } from "~/features/changes/undo-window";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type WrittenEntry = Omit<ChangeEntry, "position">;

/** What is not put back, since it is no longer as the change left it. */
export interface LeftAlone {
  subjectId: string;
  /** How the record is called; null: it is no longer there. */
  name: string | null;
  /** What of it: "Job title". */
  what: string;
  /** In a clause of its own, where it is not simply that somebody changed it since. */
  why?: string;
}

export interface PutBack {
  /** What changed by putting it back, written as the commands write it: so that the undo can be undone, too. */
  entries: WrittenEntry[];
  leftAlone: LeftAlone[];
  /** Records that are no longer to be seen: their making was undone. */
  gone?: string[];
}

/** What is being undone. */
export interface Undone {
  changeSetId: string;
  /** Also what was changed since, where that can be told apart at all. */
  editedToo: boolean;
}

/** Puts back records of one kind: what is still as `after` says becomes what `before` says. In the undo's transaction. */
export type Restorer = (scope: Scope, entries: readonly WrittenEntry[], undone: Undone) => Promise<PutBack>;

/** A change with a way back of its own: an import, whose records are withdrawn. */
export interface OwnWay {
  restore: Restorer;
  /** What no entry tells, some subjects at a time after an id; `after` null: that was all. */
  restoreRest(
    scope: Scope,
    undone: Undone & { after: string | null; leftAlone: (ids: readonly string[]) => Promise<ReadonlySet<string>> },
  ): Promise<PutBack & { after: string | null }>;
  /** Whether it has ended, and whoever asks may undo it. */
  canUndo(scope: Scope, changeSetId: string): Promise<boolean>;
  /** Hears that its undo has begun, in the same transaction: what would do it anew can be kept from that. */
  undone?(scope: Scope, changeSetId: string): Promise<void>;
}

export interface UndoEnd {
  /** The audit event of this end. */
  eventId: string;
  /** What was undone, and what was done first, before all undoing and redoing of it. */
  changeSetId: string;
  rootId: string;
  isRedo: boolean;
  askedBy: string | null;
  state: "done" | "failed";
  /** Somebody stopped it. */
  wasStopped: boolean;
  undone: number;
  left: number;
}

export interface Undoing {
  /** By the kind of subject of the entries. */
  restorers: Readonly<Record<string, Restorer>>;
  /** By the verb of the change set. */
  ownWays: Readonly<Record<string, OwnWay>>;
  /** Which of the subjects are there for whoever undoes. */
  seen(scope: Scope, subjectIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of the subjects of a change set are, and were when it was made, looked after by somebody. */
  ownedBy(
    scope: Scope,
    ownerId: string,
    of: { changeSetId: string; subjectIds: readonly string[] },
  ): Promise<ReadonlySet<string>>;
  /** Whether some of what a change set did was done again since by another: a redo would do it twice. Holds the set. */
  cameAgain(scope: Scope, changeSetId: string): Promise<boolean>;
  /** The audit event of a long undo, when it has ended; its id. */
  recordEvent(
    scope: Scope,
    event: { action: string; subject: Record<string, string>; counts: Record<string, number> },
  ): Promise<string>;
  /** Tells whoever asked for a long undo how it ended, in the transaction of its end. */
  tellEnd(scope: Scope, end: UndoEnd): Promise<void>;
  /** Writes the undo's own change set and audit event; the set's id. */
  record(
    scope: Scope,
    change: {
      action: string;
      subject: Record<string, string>;
      counts: Record<string, number>;
      entries: WrittenEntry[];
    },
  ): Promise<string>;
}

/** What was undone while the page waited. */
export interface UndoneAtOnce {
  ok: true;
  /** The verb of what was undone. */
  action: string;
  /** How many records were put back. */
  undone: number;
  leftAlone: LeftAlone[];
  gone: string[];
  /** The undo's own change set; null when nothing was put back. */
  changeSetId: string | null;
}

export interface NotUndone {
  ok: false;
  reason: "not-found" | "not-all-yours" | "too-late" | "undone-already" | "at-work" | "nothing-changed" | "came-again";
}

/** `undoId`: there is much of it, and a job does it. */
export type UndoResult = UndoneAtOnce | { ok: true; undoId: string } | NotUndone;

/**
 * Undoes a change set within 30 days, or asks a job to, where there is much of it. What was edited since is listed and
 * left alone. Undone once, it stays so: the second time nothing changes.
 */
export function undoChangeSet(
  scope: Scope,
  changeSetId: string,
  undoing: Undoing,
  { editedToo = false } = {},
): Promise<UndoResult> {
  return inTransaction(scope, async (scope) => {
    const looked = await lookAt(scope, changeSetId, undoing);
    if (!looked.ok) return looked;
    const { set, count, isLong } = looked;
    if (isLong) {
      const { undoId, ownId } = await askForUndo(scope, { changeSetId, editedToo, count });
      await markUndone(scope, set, ownId);
      await tellUndone(scope, set, undoing);
      return { ok: true, undoId };
    }
    const { entries } = await readEntries(scope, changeSetId);
    const back = await putBack(scope, entries, { undoing, action: set.action, undone: { changeSetId, editedToo } });
    // Where everything was left alone it is as it was, and can be undone once what stands in the way is.
    const isUndone = back.entries.length > 0 || back.leftAlone.length === 0;
    // Before the audit's chain is held: it is the last that anybody holds.
    if (isUndone) await tellUndone(scope, set, undoing);
    const done = await recorded(scope, changeSetId, back, undoing);
    if (isUndone) await markUndone(scope, set, done.changeSetId);
    return { ok: true, action: set.action, ...done };
  });
}

export type LockedSet = NonNullable<Awaited<ReturnType<typeof lockSet>>>;
type Looked = { ok: true; set: LockedSet; count: number; isLong: boolean } | NotUndone;

/** Whether a change set can be undone now by whoever asks; it is held to the end of the transaction. */
export async function lookAt(scope: Scope, changeSetId: string, undoing: Undoing): Promise<Looked> {
  const set = await lockSet(scope, changeSetId);
  if (!set || !(await isOver(scope, changeSetId, { undoing, set }))) return { ok: false, reason: "not-found" };
  const count = await countEntries(scope, changeSetId);
  const isLong = isForJob(undoing.ownWays, { action: set.action, isMuch: count > MOST_AT_ONCE });
  const refused = isLong ? refusedLong(scope, set, undoing) : await refusedShort(scope, set, undoing);
  const reason =
    refused ??
    (await notNow(scope, set, hasOwnWay(undoing.ownWays, set.action))) ??
    (await notAnew(scope, set, undoing));
  return reason ? { ok: false, reason } : { ok: true, set, count, isLong };
}

async function isOver(scope: Scope, changeSetId: string, { undoing, set }: { undoing: Undoing; set: LockedSet }) {
  const ownWay = undoing.ownWays[set.action];
  return !ownWay || (await ownWay.canUndo(scope, changeSetId));
}

async function notNow(scope: Scope, set: LockedSet, isOwn: boolean): Promise<NotUndone["reason"] | null> {
  if (set.undone_at !== null) return "undone-already";
  if (set.event_id === null && !isOwn) return "at-work";
  if (isTooLate(scope.clock.now(), set.created_at)) return "too-late";
  return (await isBeingWritten(scope, set.id)) ? "at-work" : null;
}

async function notAnew(
  scope: Scope,
  { root_id, turn }: LockedSet,
  { cameAgain }: Undoing,
): Promise<"came-again" | null> {
  const isRedo = turn % 2 === 1 && root_id !== null;
  return isRedo && (await cameAgain(scope, root_id)) ? "came-again" : null;
}

/** An undo that a job is at work on is not undone itself. */
async function isBeingWritten(scope: Scope, changeSetId: string): Promise<boolean> {
  const undo = await scope.db
    .selectFrom("undos")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("own_change_set_id", "=", changeSetId)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  return undo !== undefined;
}

interface Way {
  undoing: Undoing;
  action: string;
  undone: Undone;
}

/** The last first, as it was done. */
export async function putBack(scope: Scope, entries: readonly WrittenEntry[], { undoing, action, undone }: Way) {
  const all: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  if (entries.length === 0) return all;
  const ownWay = undoing.ownWays[action];
  const kinds = ownWay ? [null] : [...new Set(entries.map((entry) => entry.subjectKind))];
  for (const kind of kinds) {
    const some = kind === null ? entries : entries.filter((entry) => entry.subjectKind === kind);
    const restore = kind === null ? ownWay?.restore : undoing.restorers[kind];
    const back = await restore?.(scope, some, undone);
    if (!back) continue;
    all.entries.push(...back.entries);
    all.leftAlone.push(...back.leftAlone);
    all.gone.push(...(back.gone ?? []));
  }
  return all;
}

async function recorded(scope: Scope, changeSetId: string, back: Required<PutBack>, { record }: Undoing) {
  const { entries, leftAlone, gone } = back;
  const undone = new Set(entries.map((entry) => entry.subjectId)).size;
  const counts = { undone, leftAlone: leftAlone.length };
  const own = { action: "change.undone", subject: { changeSetId }, counts, entries };
  return { undone, leftAlone, gone, changeSetId: entries.length > 0 ? await record(scope, own) : null };
}

/** Held to the end of the transaction, so that of two who undo at once one comes second. */
function lockSet(scope: Scope, changeSetId: string) {
  return scope.db
    .selectFrom("change_sets")
    .select(["id", "root_id", "turn", "action", "created_at", "created_by"])
    .select(["undone_at", "event_id"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", changeSetId)
    .$call(lockRows(scope))
    .executeTakeFirst();
}
