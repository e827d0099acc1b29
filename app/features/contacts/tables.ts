import { type Generated } from "kysely";
import { type ContactKind } from "~/features/contacts/contact";
import { type CustomFieldType } from "~/features/contacts/custom/custom-field";
import { type SuppressedChannel, type SuppressionReason } from "~/features/contacts/suppression/suppression";

/** The serving zone: each row is computed from member records and pins by `serve-contact.server.ts`, its only writer. */
interface ContactsTable {
  account_id: string;
  id: string;
  /** SQLite only: the integer by which the search index knows the row. */
  search_id: Generated<number>;
  kind: ContactKind;
  /** As shown on a page. */
  name: string;
  typed_name: string | null;
  given_name: string | null;
  family_name: string | null;
  company: string | null;
  job_title: string | null;
  notes: string | null;
  /** The primary email and phone, for lists; all of them are in `contact_points`. */
  email: string | null;
  phone: string | null;
  /** JSON list of the names of its tags, for lists. */
  tags: string;
  name_key: string;
  company_key: string;
  email_key: string;
  /** Folded text that the search box looks in. */
  search: string;
  /** Raised at each change: how a form notices that somebody else was faster. */
  version: Generated<number>;
  created_at: string;
  changed_at: string;
  archived_at: string | null;
  archived_by: string | null;
  birthday: string | null;
  /** `03-14`: the same without a year, by which it comes round. */
  birthday_day: string | null;
  died_on: string | null;
  /** As somebody said, else derived from address or phone. */
  time_zone: string | null;
  language: string | null;
  /** Of the primary address. */
  city: string | null;
  city_key: string;
  /** Who looks after them; no record says so, a person does. */
  owner_id: string | null;
  /** Computed from `do_not_contact_marks`: since when the strictest of them forbids the channel. */
  no_email_at: string | null;
  no_phone_at: string | null;
  no_letter_at: string | null;
  /** What is deleted is archived, too, and goes for good when its time is over. */
  deleted_at: string | null;
  deleted_by: string | null;
  /** JSON of the values of the account's own fields, by the field's id; null where it has none. For lists. */
  custom_values: string | null;
}

/** One channel that is not to be used, and why. A mark is never overwritten: a person lifts it, a machine never. */
interface DoNotContactMarksTable {
  account_id: string;
  id: string;
  contact_id: string;
  channel: "email" | "phone" | "letter";
  reason: string | null;
  marked_at: string;
  marked_by: string | null;
  lifted_at: string | null;
  lifted_by: string | null;
}

/** An account's own types of relationship, beside those of `relationships.ts`. */
interface RelationshipTypesTable {
  account_id: string;
  id: string;
  reads: string;
  reads_back: string;
  created_at: string;
  created_by: string | null;
  retired_at: string | null;
}

/** What a person said of two contacts' household, whatever is computed. The lower id stands first. */
interface HouseholdCorrectionsTable {
  account_id: string;
  contact_id: string;
  other_contact_id: string;
  kind: "together" | "apart";
  created_at: string;
  created_by: string | null;
}

/** The emails, phones and addresses of a contact, in order; position 0 is the primary one of its channel. */
interface ContactPointsTable {
  account_id: string;
  contact_id: string;
  channel: "email" | "phone" | "address";
  position: number;
  label: string | null;
  /** The email or E.164 number; null for an address. */
  value: string | null;
  /** Folded, for looking up. */
  value_key: string;
  note: string | null;
  street: string | null;
  city: string | null;
  region: string | null;
  postal_code: string | null;
  country: string | null;
  /** Computed from `suppressions`: since when the list forbids this value. */
  suppressed_at: Generated<string | null>;
  /** The entry that has stood longest; null as the other is. */
  suppression_id: Generated<string | null>;
}

/** An address or number that is not to be used, whoever has it. Never overwritten: a person lifts it, a machine never. */
interface SuppressionsTable {
  account_id: string;
  id: string;
  channel: SuppressedChannel;
  /** As it was given; null since it was erased. */
  value: string | null;
  /** Keyed, of the folded value: by this it is known again (`suppression-hash.server.ts`). */
  value_hash: string;
  reason: SuppressionReason;
  note: string | null;
  /** Where it came from: see `SuppressionSource`. */
  source: string;
  noted_at: string;
  noted_by: string | null;
  lifted_at: string | null;
  lifted_by: string | null;
  lifted_reason: string | null;
}

interface TagsTable {
  account_id: string;
  id: string;
  name: string;
  name_key: string;
}

interface ContactTagsTable {
  account_id: string;
  tag_id: string;
  contact_id: string;
}

/** Canonical records: what one source says of one contact. A contact's members are its rows here. */
interface ContactRecordsTable {
  account_id: string;
  id: string;
  contact_id: string;
  source: "by-hand" | "file" | "connector";
  run_id: string | null;
  raw_record_id: string | null;
  /** JSON of a partial `ContactValues`. */
  data: string;
  hash: string;
  observed_at: string;
  /** Since when it no longer counts, because its import was undone or a newer version took its place. */
  withdrawn_at: Generated<string | null>;
  /** The record at the source that it is a version of; only where the source knows its records by name. */
  source_record_id: Generated<string | null>;
  /** The run that put a newer version in its place, or found it gone. */
  ended_run_id: Generated<string | null>;
  created_by: string | null;
}

/** A field that a person edited by hand: no run overwrites it until it is unpinned. */
interface ContactPinsTable {
  account_id: string;
  contact_id: string;
  field: string;
  pinned_at: string;
  pinned_by: string | null;
}

interface RelationshipsTable {
  account_id: string;
  id: string;
  /** The type's first reading runs from here … (The same two may have several, at different times.) */
  from_contact_id: string;
  /** … to here: "works for". The other way round it reads "employs". */
  to_contact_id: string;
  type: string;
  since: string | null;
  until: string | null;
  note: string | null;
  created_at: string;
  created_by: string | null;
}

/** Contacts of `sample-data.server.ts`, until they are taken away again. */
interface SampleContactsTable {
  account_id: string;
  contact_id: string;
}

/** A field of the account's own. */
interface CustomFieldsTable {
  account_id: string;
  id: string;
  name: string;
  name_key: string;
  type: CustomFieldType;
  hint: string | null;
  /** The form asks for it since. */
  required_at: string | null;
  /** JSON: see `CustomField.choices`. */
  choices: string;
  position: number;
  created_at: string;
  created_by: string | null;
  /** No longer shown since; its values stay. */
  retired_at: string | null;
}

/** What contacts say of the account's own fields, computed like all else: by these lists are filtered and sorted. */
interface ContactCustomValuesTable {
  account_id: string;
  field_id: string;
  contact_id: string;
  /** In its canonical form. */
  value: string;
  value_key: string;
}

declare module "~/platform/db/tables" {
  interface Tables {
    contacts: ContactsTable;
    contact_points: ContactPointsTable;
    suppressions: SuppressionsTable;
    tags: TagsTable;
    contact_tags: ContactTagsTable;
    contact_records: ContactRecordsTable;
    contact_pins: ContactPinsTable;
    relationships: RelationshipsTable;
    do_not_contact_marks: DoNotContactMarksTable;
    relationship_types: RelationshipTypesTable;
    household_corrections: HouseholdCorrectionsTable;
    sample_contacts: SampleContactsTable;
    custom_fields: CustomFieldsTable;
    contact_custom_values: ContactCustomValuesTable;
  }
}

export {};
