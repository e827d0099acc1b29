import { computeContact, type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";
import { isKnown } from "~/features/contacts/contact";
import {
  type ContactRow,
  describeCandidate,
  type Found,
  type KnownContact,
} from "~/features/contacts/subject/known-contacts.server";
import { ARCHIVED, BY_NAME, NOBODY_THERE, THERE_ALREADY, UNKNOWN_ID } from "~/features/contacts/subject/remark-names";
import { rowByRules, saysAllFieldsOf } from "~/features/contacts/subject/row-by-rules";
import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { differences } from "~/features/contacts/values/differences.server";
import { type Refusal } from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";

/** What is to be said of one row beside the contact that it is about. Pure. */

/** The rule of refusal where two contacts fit; such rows are looked at again when everything else is in. */
export const SEVERAL_MATCHES = "several-matches";

/** What of a row is written of its contact. What only this run has made is all of it the run's. */
export function written(contact: KnownContact, { canonical }: ContactRow, rules: WritingRules): RecordData {
  return contact.isOfThisRun ? canonical.data : rowByRules(canonical.data, contact.before, rules);
}

/** Lists also show the time zone that only follows from an address or phone: saying it again says nothing new. */
export function withoutDerivedZone(row: ContactRow, { values }: KnownContact, country: string): ContactRow {
  const { timeZone, ...data } = row.canonical.data;
  if (timeZone === undefined || values.timeZone !== null) return row;
  if (deriveTimeZone(values, country)?.zone !== timeZone) return row;
  return { ...row, canonical: { ...row.canonical, data } };
}

/** Why a row finds no place, whatever may be written. */
export function refusalOf({ contacts, unknownId }: Found, { what, match }: WritingRules): Refusal | null {
  if (unknownId && match === "id") return nobodyHasIt;
  // Nothing would be written to any of them.
  if (what === "create" && contacts.some((contact) => !contact.isOfThisRun)) return null;
  return contacts.length > 1 ? severalMatches(contacts) : null;
}

/** Whether the rules keep a row out, and because of whom. */
export function leftAlone({ contacts }: Found, { what }: WritingRules) {
  const there = contacts.find((contact) => !contact.isOfThisRun);
  if (what === "create" && there) return { contactId: there.id, remark: THERE_ALREADY };
  if (what === "update" && contacts.length === 0) return { contactId: null, remark: NOBODY_THERE };
  return null;
}

export function remarksOf({ contacts, byNameOnly, unknownId }: Found): string[] {
  return [
    ...(contacts[0]?.isArchived ? [ARCHIVED] : []),
    ...(byNameOnly ? [BY_NAME] : []),
    ...(unknownId ? [UNKNOWN_ID] : []),
  ];
}

/** What is written of a row of this run. */
interface Writing {
  observedAt: string;
  data: RecordData;
}

const asMember = ({ hash }: ContactRow, observedAt: string, data: RecordData): MemberRecord => ({
  ...{ id: "", source: "file", observedAt, hash, data },
});

/** Whether something is left to know the contact by, also when nothing of it is pinned any more. */
export function staysKnown(contact: KnownContact, row: ContactRow, { observedAt, data }: Writing): boolean {
  if (!data.cleared) return true;
  const members = [...contact.members, asMember(row, observedAt, data)];
  return [contact.pins, new Set<never>()].every((pins) => isKnown(computeContact(members, pins).values));
}

export function isSame(contact: KnownContact, row: ContactRow, { observedAt, data }: Writing): boolean {
  if (data.noContact?.some((channel) => !contact.forbidden.has(channel))) return false;
  const fromFiles = contact.members.filter((member) => member.source === "file");
  const newest = fromFiles.reduce((latest, member) => (member.observedAt > latest ? member.observedAt : latest), "");
  const already = fromFiles.find((member) => member.observedAt === newest && member.hash === row.hash);
  // By other rules the very row may have been written in part.
  if (already && (newest === observedAt || saysAllFieldsOf(already.data, data))) return true;
  if (newest === observedAt) return false;
  const added = asMember(row, observedAt, data);
  return !differences(contact.values, computeContact([...contact.members, added], contact.pins).values);
}

function severalMatches(contacts: readonly KnownContact[]): Refusal {
  const fits = contacts.slice(0, 3).map(({ id, values }) => ({ id, name: describeCandidate(values) }));
  const names = fits.map(({ name }) => `“${name}”`);
  const more = contacts.length > 3 ? ` and ${contacts.length - 3} more` : "";
  const reason = `${contacts.length} contacts fit: ${names.join(", ")}${more}. Make them one, or correct what it says, and bring it in again.`;
  return { ...refusal(SEVERAL_MATCHES, reason), fits };
}

const nobodyHasIt = refusal(
  "contact-id",
  "Nobody here has this Tallybook ID: it is of another account, or of a contact that was deleted. Correct it; or empty the cell, and the row is somebody new.",
);

export const whatIsLeft = refusal(
  "nothing-left",
  "With what is cleared here nothing would be left to know this contact by: keep a name, company, email or phone.",
);

export const nobodyToKnow = refusal(
  "nothing-known",
  "Nobody here has this Tallybook ID, and there is no name, company, email or phone to make somebody new by.",
);

function refusal(rule: string, reason: string): Refusal {
  return { column: null, value: null, reason, rule };
}
