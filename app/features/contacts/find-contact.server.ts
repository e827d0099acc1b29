import { homeOf } from "~/features/contacts/address-text";
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, isContactField } from "~/features/contacts/contact";
import { explain, type FieldOrigin } from "~/features/contacts/provenance";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Where a record came from: a person, or a line of a file. */
export interface RecordSource {
  source: "by-hand" | "file";
  at: string;
  who: string | null;
  runId: string | null;
  fileName: string | null;
  line: number | null;
}

export interface ContactDetail {
  id: string;
  name: string;
  version: number;
  createdAt: string;
  changedAt: string;
  archived: { at: string; by: string | null } | null;
  /** Who looks after them. */
  owner: { id: string; name: string } | null;
  values: ContactValues;
  origins: Record<ContactField, FieldOrigin>;
  sources: Record<string, RecordSource>;
  pins: Partial<Record<ContactField, { at: string; by: string | null }>>;
}

/** A contact with all it is computed from, or null when it is not there (or another account's). One statement. */
export async function findContact(scope: Scope, contactId: string): Promise<ContactDetail | null> {
  if (!isId(contactId)) return null;
  const rows = await readAll(scope, contactId);
  const [first] = rows;
  if (!first) return null;

  const members = new Map<string, MemberRecord>();
  const sources: Record<string, RecordSource> = {};
  const pins: ContactDetail["pins"] = {};
  // Records and pins stand side by side in each row: each is taken once.
  for (const row of rows) {
    if (row.record_id !== null) {
      members.set(row.record_id, toMember({ ...row, record_id: row.record_id }));
      sources[row.record_id] = toSource(row);
    }
    if (row.pinned_at !== null && isContactField(row.field ?? "")) {
      pins[row.field as ContactField] = { at: row.pinned_at, by: row.pinned_by_name };
    }
  }
  const records = [...members.values()];
  const pinned = new Set(Object.keys(pins) as ContactField[]);
  const { values } = computeContact(records, pinned);
  return {
    id: first.id,
    name: first.name,
    version: first.version,
    createdAt: first.created_at,
    changedAt: first.changed_at,
    archived: first.archived_at === null ? null : { at: first.archived_at, by: first.archived_by_name },
    owner: first.owner_id === null ? null : { id: first.owner_id, name: first.owner_name ?? "" },
    values,
    origins: explain(values, records, pinned, homeOf({ ...scope.account, ...scope.place })),
    sources,
    pins,
  };
}

type Row = Awaited<ReturnType<typeof readAll>>[number];

function toMember(row: Row & { record_id: string }): MemberRecord {
  return {
    id: row.record_id,
    source: row.source ?? "file",
    observedAt: row.observed_at ?? "",
    hash: row.hash ?? "",
    data: fromJson<Partial<ContactValues>>(row.data ?? "{}"),
  };
}

function toSource(row: Row): RecordSource {
  return {
    source: row.source ?? "file",
    at: row.observed_at ?? "",
    who: row.recorded_by_name,
    runId: row.run_id,
    fileName: row.file_name,
    line: row.line,
  };
}

function readAll(scope: Scope, contactId: string) {
  return byKey(scope.db)
    .selectFrom("contacts")
    .leftJoin("users as archiver", "archiver.id", "contacts.archived_by")
    .leftJoin("users as owner", "owner.id", "contacts.owner_id")
    .leftJoin("contact_records as record", (join) =>
      join.onRef("record.account_id", "=", "contacts.account_id").onRef("record.contact_id", "=", "contacts.id"),
    )
    .leftJoin("users as recorder", "recorder.id", "record.created_by")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("raw_records as raw", (join) =>
      join.onRef("raw.account_id", "=", "record.account_id").onRef("raw.id", "=", "record.raw_record_id"),
    )
    .leftJoin("contact_pins as pin", (join) =>
      join.onRef("pin.account_id", "=", "contacts.account_id").onRef("pin.contact_id", "=", "contacts.id"),
    )
    .leftJoin("users as pinner", "pinner.id", "pin.pinned_by")
    .select(["contacts.id", "contacts.name", "contacts.version", "contacts.created_at", "contacts.changed_at"])
    .select(["contacts.archived_at", "archiver.name as archived_by_name"])
    .select(["contacts.owner_id", "owner.name as owner_name"])
    .select(["record.id as record_id", "record.source", "record.hash", "record.data", "record.observed_at"])
    .select(["record.run_id", "recorder.name as recorded_by_name", "run.file_name", "raw.position as line"])
    .select(["pin.field", "pin.pinned_at", "pinner.name as pinned_by_name"])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.id", "=", contactId)
    .where(seenBy(scope))
    .execute();
}

/** Whether the contact is there, its name and whether it is archived: for pages about something else of it. */
export async function findContactName(scope: Scope, contactId: string) {
  if (!isId(contactId)) return null;
  const row = await scope.db
    .selectFrom("contacts")
    .select(["id", "name", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .where(seenBy(scope))
    .executeTakeFirst();
  return row ? { id: row.id, name: row.name, archived: row.archived_at !== null } : null;
}
