import "~/features/audit/tables";
import "~/features/changes/tables";
import { isTooLate } from "~/features/changes/undo-window";
import { homeOf } from "~/features/contacts/values/address-text";
import { type FieldChange, fieldChanges, type State, unpinned } from "~/features/contacts/history/history";
import { actionWords, otherChanges, type OtherTold, otherTold } from "~/features/contacts/history/history-words";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { byKey } from "~/platform/db/by-key.server";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export const HISTORY_PAGE = 25;
/** As many as a contact's own page tells. */
export const LATEST_FEW = 6;

export interface HistoryEntry {
  key: string;
  at: string;
  /** Null: Tallybook itself. */
  who: string | null;
  what: string;
  runId: string | null;
  /** Of the file that it came from. */
  line: number | null;
  /** The network address that it was done from: for administrators only. */
  address: string | null;
  changes: FieldChange[];
  unpinned: string[];
  relationship: OtherTold | null;
  /** What it tells of was not there before. */
  isMaking: boolean;
  changeSetId: string;
  /** With it more was changed, here or of other contacts: to undo it is to undo all of that. */
  isOneOfSeveral: boolean;
  /** Null: it was not undone. */
  undone: { at: string; by: string | null } | null;
  canUndo: boolean;
  /** The audit event's place in the account's chain; null while a long command is still at work. */
  eventNumber: number | null;
}

export interface History {
  entries: HistoryEntry[];
  /** For the address of the page with what was before; null when this is all. */
  older: string | null;
}

/** What happened to a contact, the newest first: its change entries with their sets and audit events. One statement. */
export async function listHistory(
  scope: Scope,
  contactId: string,
  { cursor = null, limit = HISTORY_PAGE }: { cursor?: string | null; limit?: number } = {},
): Promise<History> {
  const beyond = readKey(cursor);
  const rows = await entriesOf(scope, contactId)
    .$if(beyond !== null, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("entry.change_set_id", "entry.position"),
          "<",
          eb.tuple(beyond?.changeSetId ?? "", beyond?.position ?? 0),
        ),
      ),
    )
    // A set's id begins with the time it was opened.
    .orderBy("entry.change_set_id", "desc")
    .orderBy("entry.position", "desc")
    .limit(limit + 1)
    .execute();
  const fields = await customFields(scope);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map((row) => toEntry(scope, contactId, { row, fields })),
    older: rows.length > limit && last ? `${last.change_set_id}~${last.position}` : null,
  };
}

/** What one entry of this contact's history says it was and became; null when there is no such entry. */
export async function findEntry(scope: Scope, contactId: string, key: string) {
  const wanted = readKey(key);
  if (!wanted || !isId(contactId)) return null;
  const row = await scope.db
    .selectFrom("change_entries")
    .select(["subject_kind", "before", "after"])
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "=", contactId)
    .where("change_set_id", "=", wanted.changeSetId)
    .where("position", "=", wanted.position)
    .executeTakeFirst();
  if (!row) return null;
  return { kind: row.subject_kind, before: stateOf(row.before), after: stateOf(row.after) };
}

function entriesOf(scope: Scope, contactId: string) {
  return byKey(scope.db)
    .selectFrom("change_entries as entry")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "entry.account_id").onRef("change.id", "=", "entry.change_set_id"),
    )
    .leftJoin("audit_events as event", (join) =>
      join.onRef("event.account_id", "=", "change.account_id").onRef("event.id", "=", "change.event_id"),
    )
    .leftJoin("users as person", "person.id", "change.created_by")
    .leftJoin("users as undoer", "undoer.id", "change.undone_by")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "change.account_id").onRef("run.change_set_id", "=", "change.id"),
    )
    .select(["entry.change_set_id", "entry.position", "entry.subject_kind", "entry.before", "entry.after"])
    .select(["change.action", "change.created_at", "change.created_by", "run.id as run_id", "person.name as who"])
    .select(["change.undone_at", "change.revived_at", "undoer.name as undone_by"])
    .select(["run.file_name", "event.position as event_number", "event.body"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("change_entries as other")
            .select("other.position")
            .where("other.account_id", "=", scope.account.id)
            .whereRef("other.change_set_id", "=", "entry.change_set_id")
            .whereRef("other.position", "<>", "entry.position"),
        )
        .as("several"),
    )
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "=", contactId);
}

type Row = Awaited<ReturnType<ReturnType<typeof entriesOf>["execute"]>>[number];

function toEntry(
  scope: Scope,
  contactId: string,
  { row, fields }: { row: Row; fields: readonly FieldDefinition[] },
): HistoryEntry {
  const [before, after] = [stateOf(row.before), stateOf(row.after)];
  const isContact = row.subject_kind === "contact";
  const home = homeOf({ ...scope.account, ...scope.place }, fields);
  return {
    key: `${row.change_set_id}~${row.position}`,
    at: row.created_at,
    who: row.who,
    what: actionWords(row.action, { before, fileName: row.file_name }),
    runId: row.run_id,
    line: row.run_id === null ? null : row.position,
    address: addressOf(scope, row.body),
    changes: [
      ...(isContact ? fieldChanges(before, after, home) : []),
      ...otherChanges(row.subject_kind, { before, after }, scope.place),
    ],
    unpinned: isContact ? unpinned(before, after, home) : [],
    relationship: named(scope, otherTold(row.subject_kind, contactId, after ?? before)),
    isMaking: before === null,
    changeSetId: row.change_set_id,
    isOneOfSeveral: Boolean(row.several),
    undone: row.undone_at === null || row.revived_at !== null ? null : { at: row.undone_at, by: row.undone_by },
    canUndo: canUndo(scope, row),
    eventNumber: row.event_number,
  };
}

/** An import has its own way back. What others did may have changed more than whoever sees only their own may undo. */
function canUndo(scope: Scope, { run_id, undone_at, created_at, created_by }: Row): boolean {
  if (scope.ownOnly && created_by !== scope.user?.id) return false;
  return run_id === null && undone_at === null && !isTooLate(scope.clock.now(), created_at);
}

function addressOf({ role }: Scope, body: string | null): string | null {
  if (role !== "admin" || body === null) return null;
  return fromJson<{ address: string | null }>(body).address;
}

/** Who sees only their own contacts is not told whom else there are. */
function named({ ownOnly }: Scope, told: OtherTold | null): OtherTold | null {
  return told && ownOnly ? { ...told, otherId: "", otherName: "another contact" } : told;
}

function stateOf(json: string | null): State {
  return json === null ? null : fromJson<State>(json);
}

function readKey(key: string | null): { changeSetId: string; position: number } | null {
  const [changeSetId = "", position = ""] = (key ?? "").split("~");
  return isId(changeSetId) && /^\d{1,9}$/.test(position) ? { changeSetId, position: Number(position) } : null;
}
