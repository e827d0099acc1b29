import "~/features/audit/tables";
import "~/features/changes/tables";
import { type Home, homeOf } from "~/features/contacts/address-text";
import {
  actionWords,
  type FieldChange,
  fieldChanges,
  relationshipTold,
  type RelationshipTold,
  type State,
  unpinned,
} from "~/features/contacts/history";
import { byKey } from "~/platform/db/by-key.server";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export const HISTORY_PAGE = 15;

export interface HistoryEntry {
  key: string;
  at: string;
  /** Null: Tallybook itself. */
  who: string | null;
  what: string;
  runId: string | null;
  changes: FieldChange[];
  unpinned: string[];
  relationship: RelationshipTold | null;
  /** The audit event's place in the account's chain; null while a long command is still at work. */
  eventNumber: number | null;
}

export interface History {
  entries: HistoryEntry[];
  /** For the address of the page with what was before; null when this is all. */
  older: string | null;
}

/** What happened to a contact, the newest first: its change entries with their sets and audit events. One statement. */
export async function listHistory(scope: Scope, contactId: string, cursor: string | null = null): Promise<History> {
  const beyond = readCursor(cursor);
  const rows = await byKey(scope.db)
    .selectFrom("change_entries as entry")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "entry.account_id").onRef("change.id", "=", "entry.change_set_id"),
    )
    .leftJoin("audit_events as event", (join) =>
      join.onRef("event.account_id", "=", "change.account_id").onRef("event.id", "=", "change.event_id"),
    )
    .leftJoin("users as person", "person.id", "change.created_by")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "change.account_id").onRef("run.change_set_id", "=", "change.id"),
    )
    .select(["entry.change_set_id", "entry.position", "entry.subject_kind", "entry.before", "entry.after"])
    .select(["change.action", "change.created_at", "run.id as run_id", "person.name as who"])
    .select(["run.file_name", "event.position as event_number"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "=", contactId)
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
    .limit(HISTORY_PAGE + 1)
    .execute();
  const shown = rows.slice(0, HISTORY_PAGE);
  const last = shown.at(-1);
  return {
    entries: shown.map((row) => toEntry(contactId, row, homeOf(scope.account))),
    older: rows.length > HISTORY_PAGE && last ? `${last.change_set_id}~${last.position}` : null,
  };
}

interface Row {
  change_set_id: string;
  position: number;
  subject_kind: string;
  before: string | null;
  after: string | null;
  action: string;
  created_at: string;
  run_id: string | null;
  who: string | null;
  file_name: string | null;
  event_number: number | null;
}

function toEntry(contactId: string, row: Row, home: Home): HistoryEntry {
  const before = row.before === null ? null : fromJson<State>(row.before);
  const after = row.after === null ? null : fromJson<State>(row.after);
  const isRelationship = row.subject_kind === "relationship";
  return {
    key: `${row.change_set_id}~${row.position}`,
    at: row.created_at,
    who: row.who,
    what: actionWords(row.action, { before, fileName: row.file_name }),
    runId: row.run_id,
    changes: isRelationship ? [] : fieldChanges(before, after, home),
    unpinned: isRelationship ? [] : unpinned(before, after),
    relationship: isRelationship ? relationshipTold(contactId, after ?? before) : null,
    eventNumber: row.event_number,
  };
}

function readCursor(cursor: string | null): { changeSetId: string; position: number } | null {
  const [changeSetId = "", position = ""] = (cursor ?? "").split("~");
  return isId(changeSetId) && /^\d{1,9}$/.test(position) ? { changeSetId, position: Number(position) } : null;
}
