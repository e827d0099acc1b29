import { homeOf } from "~/features/contacts/values/address-text";
import { computeContact, type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";
import { type Mark } from "~/features/contacts/consent/consent";
import { type ContactField, type ContactValues, isContactField } from "~/features/contacts/contact";
import { type FieldDefinition, inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type DerivedZone, deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { readContact } from "~/features/contacts/detail/contact-statement.server";
import { type CarerRow, toCarer } from "~/features/contacts/relationships/carer-rows.server";
import { type Household, type MateRow, toHousehold } from "~/features/contacts/household/household-rows.server";
import { type Carer } from "~/features/contacts/relationships/letter-address";
import { explain, type Origins } from "~/features/contacts/detail/provenance";
import { addressLine, type SuppressedValue } from "~/features/contacts/suppression/suppression";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Where a record came from: a person, a line of a file, or a connector. */
export interface RecordSource {
  source: "by-hand" | "file" | "connector";
  at: string;
  who: string | null;
  runId: string | null;
  /** Or how the connector was called then. */
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
  /** Of its addresses and numbers those on the suppression list. */
  suppressed: SuppressedValue[];
  /** The time zone of their address or phone, where nobody has said another. */
  derivedZone: DerivedZone | null;
  household: Household;
  /** Who is or was executor of it or attorney for it. */
  carers: Carer[];
  values: ContactValues;
  origins: Origins;
  sources: Record<string, RecordSource>;
  pins: Partial<Record<ContactField, { at: string; by: string | null }>>;
  /** The account's own fields in their order. */
  fields: FieldDefinition[];
}

/** A contact with all it is computed from, or null when it is not there (or another account's). One statement. */
export async function findContact(scope: Scope, contactId: string): Promise<ContactDetail | null> {
  if (!isId(contactId)) return null;
  const [rows, fields] = await Promise.all([readContact(scope, contactId), customFields(scope)]);
  const [first] = rows;
  if (!first) return null;

  const { members, sources, pins, marks, mates, carers, suppressed } = partsOf(rows);
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
    suppressed,
    household: toHousehold({ ...values, archived: first.archived_at !== null }, mates),
    carers: carers.map(toCarer),
    derivedZone: values.timeZone === null ? deriveTimeZone(values, scope.account.phoneCountry) : null,
    values,
    origins: explain(values, records, pinned, homeOf({ ...scope.account, ...scope.place }, fields)),
    fields: inUse(fields),
    sources,
    pins,
  };
}

type Row = Awaited<ReturnType<typeof readContact>>[number];

function standing(row: Row): Pick<ContactDetail, "archived" | "owner"> {
  return {
    archived: row.archived_at === null ? null : { at: row.archived_at, by: row.archived_by_name },
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
  };
}

/** Each row holds one record, pin, mark, housemate or carer, or nothing at all. */
function partsOf(rows: readonly Row[]) {
  const members = new Map<string, MemberRecord>();
  const marks: Mark[] = [];
  const mates: MateRow[] = [];
  const carers: CarerRow[] = [];
  const suppressed: SuppressedValue[] = [];
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
    if (row.mark_id !== null) marks.push(toMark({ ...row, mark_id: row.mark_id }));
    if (row.mate_id !== null) mates.push(toMate({ ...row, mate_id: row.mate_id }));
    if (row.carer_id !== null) carers.push(toCarerRow({ ...row, carer_id: row.carer_id }));
    if (row.listed_id !== null) suppressed.push(toSuppressed({ ...row, listed_id: row.listed_id }));
  }
  return { members, sources, pins, marks, mates, carers, suppressed };
}

function toMate(row: Row & { mate_id: string }): MateRow {
  const { mate_id: id, mate_name: name, mate_family_name: family_name, why, said_at, said_by } = row;
  return { id, name: name ?? "", family_name, why: why ?? "", said_at, said_by };
}

function toCarerRow(row: Row & { carer_id: string }): CarerRow {
  const { since, until, position, label, street, city, region, postal_code, country } = row;
  return {
    ...{ since, until, position, label, street, city, region, postal_code, country },
    to_contact_id: row.id,
    type: row.carer_type ?? "",
    id: row.carer_id,
    name: row.carer_name ?? "",
    kind: row.carer_kind ?? "individual",
    died_on: row.carer_died_on,
    archived_at: row.carer_archived_at,
    deleted_at: row.carer_deleted_at,
    no_letter_at: row.carer_no_letter_at,
  };
}

function toSuppressed(row: Row & { listed_id: string }): SuppressedValue {
  const { listed_street: street, listed_postal_code: postalCode, listed_city: city } = row;
  return {
    id: row.listed_id,
    channel: row.listed_channel ?? "email",
    value: row.listed_value ?? addressLine({ street, postalCode, city }),
    reason: row.listed_reason ?? "by-hand",
    since: row.suppressed_at ?? "",
  };
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
    data: fromJson<RecordData>(row.data ?? "{}"),
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
