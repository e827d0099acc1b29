/** One value followed back: what the contact says, what the record says it says, and what was received. Pure. */
import { says, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, fieldsIn, isContactField, nothingKnown } from "~/features/contacts/contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import { explain } from "~/features/contacts/detail/provenance";
import { writtenBy } from "~/features/contacts/subject/contact-rules";
import { type Home } from "~/features/contacts/values/address-text";

/** A cell of what was received, and where the mapping sent it. */
export interface ReceivedCell {
  /** What the column is called. */
  column: string;
  /** The subject's field that it goes to; "" for none. */
  field: string;
  text: string;
  /** The field of the raw record that it stands in. */
  rawField: string | null;
}

export interface TracedField {
  field: ContactField;
  label: string;
  /** What the record says. */
  values: { text: string; label: string | null }[];
  /** What it was made from. */
  received: ReceivedCell[];
  /**
   * Whether the contact says it: all of it by this record, as others say it, too (and newer), or something else.
   */
  served: "this" | "same" | "other";
  /** What the contact says instead. */
  instead: string[];
  isPinned: boolean;
}

interface Tracing {
  record: Pick<MemberRecord, "id" | "source" | "data">;
  /** Null: the contact is not to be shown. */
  contact: Pick<ContactDetail, "origins" | "pins" | "fields"> | null;
  received: readonly ReceivedCell[];
  home: Home;
}

/** Every field that the record says something of. */
export function traceRecord({ record, contact, received, home }: Tracing): TracedField[] {
  const member: MemberRecord = { ...record, observedAt: "", hash: "" };
  const said = explain({ ...nothingKnown, ...record.data }, [member], new Set(), home);
  const isNamedByCompany = !says(member, "name") && says(member, "company");
  return fieldsIn(record.data)
    .filter((field) => says(member, field))
    .map((field) => {
      const values = said[field]?.values ?? [];
      return {
        ...{ field, label: nameOfField(field, home.fields) },
        values: values.map(({ text, label }) => ({ text, label })),
        received: received.filter((cell) => cell.text !== "" && madeOf(cell, { isNamedByCompany }) === field),
        ...servedAs(field, { recordId: record.id, keys: values.map(({ key }) => key), contact }),
        isPinned: contact?.pins[field] !== undefined,
      };
    });
}

/** What of the received went nowhere that is told above: left out by the mapping, or about consent and ownership. */
export function leftCells(received: readonly ReceivedCell[]): ReceivedCell[] {
  return received.filter(({ field, text }) => text !== "" && contactFieldOf(field) === null);
}

/** What stood in a column of names is the company's where the record is of a company. */
function madeOf(cell: ReceivedCell, { isNamedByCompany }: { isNamedByCompany: boolean }): ContactField | null {
  const field = contactFieldOf(cell.field);
  return field === "name" && isNamedByCompany ? "company" : field;
}

function contactFieldOf(subjectField: string): ContactField | null {
  return isContactField(subjectField) ? subjectField : writtenBy(subjectField);
}

function servedAs(
  field: ContactField,
  { recordId, keys, contact }: { recordId: string; keys: readonly string[]; contact: Tracing["contact"] },
): Pick<TracedField, "served" | "instead"> {
  const shown = contact?.origins[field]?.values ?? [];
  if (shown.some((value) => value.recordId === recordId)) return { served: "this", instead: [] };
  const isSaid = keys.length > 0 && keys.every((key) => shown.some((value) => value.key === key));
  return isSaid ? { served: "same", instead: [] } : { served: "other", instead: shown.map(({ text }) => text) };
}
