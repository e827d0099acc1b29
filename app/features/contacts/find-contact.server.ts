import { homeOf } from "~/features/contacts/address-text";
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type Mark } from "~/features/contacts/consent";
import { type ContactField, type ContactValues, isContactField } from "~/features/contacts/contact";
import { type DerivedZone, deriveTimeZone } from "~/features/contacts/derive-time-zone";
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
  /** Channels that are not to be used, lifted marks too. */
  marks: Mark[];
  /** The time zone of their address or phone, where nobody has said another. */
  derivedZone: DerivedZone | null;
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

  const { members, sources, pins, marks } = partsOf(rows);
  const records = [...members.values()];
  const pinned = new Set(Object.keys(pins) as ContactField[]);
  const { values } = computeContact(records, pinned);
  return {
    id: first.id,
    name: first.name,
    version: first.version,
    createdAt: first.created_at,
    changedAt: first.changed_at,
    ...standing(first),
    marks,
    derivedZone: values.timeZone === null ? deriveTimeZone(values, scope.account.phoneCountry) : null,
    values,
    origins: explain(values, records, pinned, homeOf({ ...scope.account, ...scope.place })),
    sources,
    pins,
  };
}

type Row = Awaited<ReturnType<typeof readAll>>[number];

function standing(row: Row): Pick<ContactDetail, "archived" | "owner"> {
  return {
    archived: row.archived_at === null ? null : { at: row.archived_at, by: row.archived_by_name },
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
  };
}

/** Records, pins and marks stand side by side in each row: each is taken once. */
function partsOf(rows: readonly Row[]) {
  const members = new Map<string, MemberRecord>();
  const marks = new Map<string, Mark>();
  const sources: Record<string, RecordSource> = {};
  const pins: ContactDetail["pins"] = {};
  for (const row of rows) {
    if (row.record_id !== null) {
      members.set(row.record_id, toMember({ ...row, record_id: row.record_id }));
      sources[row.record_id] = toSource(row);
    }
    if (row.pinned_at !== null && isContactField(row.field ?? "")) {
      pins[row.field as ContactField] = { at: row.pinned_at, by: row.pinned_by_name };
    }
    if (row.mark_id !== null) marks.set(row.mark_id, toMark({ ...row, mark_id: row.mark_id }));
  }
  return { members, sources, pins, marks: [...marks.values()] };
}

function toMark(row: Row & { mark_id: string }): Mark {
  return {
    id: row.mark_id,
    channel: row.channel ?? "email",
    reason: row.reason,
    markedAt: row.marked_at ?? "",
    markedBy: row.marked_by_name,
    liftedAt: row.lifted_at,
  };
}

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
    .leftJoin("do_not_contact_marks as mark", (join) =>
      join.onRef("mark.account_id", "=", "contacts.account_id").onRef("mark.contact_id", "=", "contacts.id"),
    )
    .leftJoin("users as marker", "marker.id", "mark.marked_by")
    .select(["mark.id as mark_id", "mark.channel", "mark.reason", "mark.marked_at", "mark.lifted_at"])
    .select("marker.name as marked_by_name")
    .select(["contacts.id", "contacts.name", "contacts.version", "contacts.created_at", "contacts.changed_at"])
    .select(["contacts.archived_at", "archiver.name as archived_by_name"])
    .select(["contacts.owner_id", "owner.name as owner_name"])
    .select(["record.id as record_id", "record.source", "record.hash", "record.data", "record.observed_at"])
    .select(["record.run_id", "recorder.name as recorded_by_name", "run.file_name", "raw.position as line"])
    .select(["pin.field", "pin.pinned_at", "pinner.name as pinned_by_name"])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.id", "=", contactId)
    .where("contacts.deleted_at", "is", null)
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
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .executeTakeFirst();
  return row ? { id: row.id, name: row.name, archived: row.archived_at !== null } : null;
}
