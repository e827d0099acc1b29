import { type Generated } from "kysely";
import { type ContactKind } from "~/features/contacts/contact";

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
  street: string | null;
  city: string | null;
  region: string | null;
  postal_code: string | null;
  country: string | null;
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
  source: "by-hand" | "file";
  run_id: string | null;
  raw_record_id: string | null;
  /** JSON of a partial `ContactValues`. */
  data: string;
  hash: string;
  observed_at: string;
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
  /** The type's first reading runs from here … */
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

declare module "~/platform/db/tables" {
  interface Tables {
    contacts: ContactsTable;
    contact_points: ContactPointsTable;
    tags: TagsTable;
    contact_tags: ContactTagsTable;
    contact_records: ContactRecordsTable;
    contact_pins: ContactPinsTable;
    relationships: RelationshipsTable;
  }
}

export {};
