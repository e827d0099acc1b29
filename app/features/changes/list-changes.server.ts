/** What was done in an account, for the page that lists it: change sets with who, when, how much, and whether undone. */
import "~/features/changes/tables";
import { listLines } from "~/features/changes/undo-line.server";
import { MOST_AT_ONCE } from "~/features/changes/undo-window";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const PAGE = 50;

export interface Change {
  id: string;
  /** The user's verb, e.g. `contact.edited`. */
  action: string;
  at: string;
  who: string | null;
  /** 0; of an undo 1, of a redo 2, and so on. */
  turn: number;
  /** By what was counted: `contacts`, or of an import `created`, `changed`, …; empty where it was one thing. */
  counts: Readonly<Record<string, number>>;
  undone: { at: string; by: string | null } | null;
  /** Of an undo or a redo: what was done first. */
  undoOf: { rootId: string; rootAction: string; isRedo: boolean } | null;
  /** The last undo or redo in its line, which can be undone in its turn; null: there is none but this itself. */
  last: { id: string; turn: number; at: string; by: string | null; eventId: string | null } | null;
  /** Null while a long command is still at work, as in `last`. */
  eventId: string | null;
  /** It has entries at all, and more of them than are undone at once. */
  hasEntries: boolean;
  isMuch: boolean;
}

/** The newest first, fifty at a time; whoever sees only their own contacts sees what they did themselves. One statement. */
export async function listChanges(
  scope: Scope,
  before: string | null,
): Promise<{ changes: Change[]; older: string | null }> {
  const rows = await changeQuery(scope)
    .$if(before !== null && isId(before), (query) => query.where("change.id", "<", before ?? ""))
    .orderBy("change.id", "desc")
    .limit(PAGE + 1)
    .execute();
  const shown = rows.slice(0, PAGE);
  return { changes: await toChanges(scope, shown), older: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
}

/** Null when there is no such change set for whoever asks. */
export async function findChange(scope: Scope, changeSetId: string): Promise<Change | null> {
  if (!isId(changeSetId)) return null;
  const row = await changeQuery(scope).where("change.id", "=", changeSetId).executeTakeFirst();
  return row ? ((await toChanges(scope, [row]))[0] ?? null) : null;
}

function changeQuery(scope: Scope) {
  return scope.db
    .selectFrom("change_sets as change")
    .leftJoin("audit_events as event", (join) =>
      join.onRef("event.account_id", "=", "change.account_id").onRef("event.id", "=", "change.event_id"),
    )
    .leftJoin("users as person", "person.id", "change.created_by")
    .leftJoin("users as undoer", "undoer.id", "change.undone_by")
    .select(["change.id", "change.action", "change.created_at", "change.undone_at", "change.event_id"])
    .select(["change.root_id", "change.turn"])
    .select(["person.name as who", "undoer.name as undone_by", "event.body"])
    .select((eb) => {
      const entries = eb
        .selectFrom("change_entries as entry")
        .select("entry.position")
        .where("entry.account_id", "=", scope.account.id)
        .whereRef("entry.change_set_id", "=", "change.id")
        .orderBy("entry.position")
        .limit(1);
      return [entries.as("first_entry"), entries.offset(MOST_AT_ONCE).as("one_more")];
    })
    .where("change.account_id", "=", scope.account.id)
    .$if(scope.ownOnly, (query) => query.where("change.created_by", "=", scope.user?.id ?? ""));
}

type Row = Awaited<ReturnType<ReturnType<typeof changeQuery>["execute"]>>[number];

/** One statement more where any of them is an undo or was undone. */
async function toChanges(scope: Scope, rows: readonly Row[]): Promise<Change[]> {
  const rootIds = rows.flatMap((row) => row.root_id ?? (row.undone_at === null ? [] : [row.id]));
  const lines = await listLines(scope, [...new Set(rootIds)]);
  return rows.map((row) => {
    const line = lines.filter(({ rootId }) => rootId === (row.root_id ?? row.id));
    return toChange(row, line);
  });
}

function toChange(row: Row, line: Awaited<ReturnType<typeof listLines>>): Change {
  const counts = row.body === null ? {} : (fromJson<{ counts?: Record<string, number> }>(row.body).counts ?? {});
  const [root, last] = [line[0], line.at(-1)];
  return {
    id: row.id,
    action: row.action,
    at: row.created_at,
    who: row.who,
    turn: row.turn,
    counts,
    undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by },
    undoOf: row.root_id && root ? { rootId: root.id, rootAction: root.action, isRedo: row.turn % 2 === 0 } : null,
    last: last && last.id !== row.id ? lastOf(last) : null,
    eventId: row.event_id,
    ...{ hasEntries: row.first_entry !== null, isMuch: row.one_more !== null },
  };
}

function lastOf({ id, turn, at, by, event_id: eventId }: Awaited<ReturnType<typeof listLines>>[number]) {
  return { id, turn, at, by, eventId };
}

/** A long undo by its own change set, and how far it is; null: there is none. */
export async function findUndo(scope: Scope, ownChangeSetId: string) {
  const row = await scope.db
    .selectFrom("undos")
    .select(["id", "state", "entries", "entries_done", "undone_count", "left_count", "again_below"])
    .select(["stop_requested_at", "edited", "group_id", "own_only_at"])
    .where("account_id", "=", scope.account.id)
    .where("own_change_set_id", "=", ownChangeSetId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    state: row.state,
    isAtWork: row.state === "queued" || row.state === "running",
    isStopping: row.stop_requested_at !== null,
    /** What was chosen after its end is gone through. */
    isAgain: row.again_below !== null,
    editedToo: row.edited === "undone",
    /** Of whoever asked only; what others look after was left. */
    isOfOwn: row.own_only_at !== null,
    /** Of those asked for in one go with it; null: it was asked for alone. */
    groupId: row.group_id,
    entries: row.entries,
    done: row.entries_done,
    undone: row.undone_count,
    left: row.left_count,
  };
}

/** Who asked for a long undo; null when nobody did, or there is none. */
export async function findUndoAsker(scope: Scope, undoId: string): Promise<string | null> {
  const row = await scope.db
    .selectFrom("undos")
    .select("asked_by")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undoId)
    .executeTakeFirst();
  return row?.asked_by ?? null;
}

/** What a long undo has left alone, in its order. */
export function listLeftAlone(scope: Scope, undoId: string, limit: number) {
  return scope.db
    .selectFrom("undo_left")
    .select(["ordinal", "subject_id as subjectId", "what", "why"])
    .where("account_id", "=", scope.account.id)
    .where("undo_id", "=", undoId)
    .orderBy("ordinal")
    .limit(limit)
    .execute();
}
