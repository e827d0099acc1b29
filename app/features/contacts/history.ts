import { addressText, type Home } from "~/features/contacts/address-text";
import {
  type ContactField,
  contactFields,
  type ContactValues,
  fieldNames,
  kindNames,
  valuesOf,
} from "~/features/contacts/contact";
import { birthdayText } from "~/features/contacts/birthday";
import { languageName } from "~/features/contacts/language";
import { phoneText } from "~/features/contacts/phone-display";
import { nameText } from "~/features/contacts/provenance";
import { timeZoneText } from "~/features/contacts/time-zone";
import { readingWords } from "~/features/contacts/relationships";

/** A contact's history in words: what change entries hold, read for people. */

export type State = Record<string, unknown> | null;

export interface FieldChange {
  label: string;
  before: string;
  after: string;
}

const sentences: Record<string, string> = {
  "contact.created": "Made by hand",
  "contact.edited": "Edited by hand",
  "contact.unpinned": "Unpinned",
  "contact.archived": "Archived",
  "contact.restored": "Restored",
  "contact.related": "Related",
  "contact.unrelated": "No longer related",
};

/** What was done, without who did it. */
export function actionWords(action: string, { before, fileName }: { before: State; fileName: string | null }): string {
  const known = sentences[action];
  if (known) return known;
  if (action === "contacts.imported") {
    const file = fileName ? ` from “${fileName}”` : "";
    return before === null ? `Brought in${file}` : `Changed by an import${file}`;
  }
  // An action of a later version: its own name is better than nothing.
  return action.replace(/[.-]/g, " ");
}

/** Before and after of each field that a change entry tells of. Pins by their names. */
export function fieldChanges(before: State, after: State, home: Home): FieldChange[] {
  const [was, is] = [valuesIn(before), valuesIn(after)];
  const changes = contactFields
    .filter((field) => valuesOf[field].some((key) => key in was || key in is))
    .map((field) => ({
      label: fieldNames[field],
      before: fieldText(field, was, home),
      after: fieldText(field, is, home),
    }))
    .filter((change) => change.before !== change.after);
  return changes;
}

/** Fields that are no longer pinned. */
export function unpinned(before: State, after: State): string[] {
  const left = pinsIn(after);
  return pinsIn(before)
    .filter((pin) => !left.includes(pin))
    .map((pin) => fieldNames[pin]);
}

function pinsIn(state: State): ContactField[] {
  const pins = state?.pins;
  return Array.isArray(pins) ? contactFields.filter((field) => pins.includes(field)) : [];
}

/** An import's entry is the values themselves; one by hand holds them beside the record and the pins. */
function valuesIn(state: State): Partial<ContactValues> {
  if (!state) return {};
  return (typeof state.values === "object" && state.values !== null ? state.values : state) as Partial<ContactValues>;
}

type Teller = (values: Partial<ContactValues>, home: Home) => string;

const tellers: Record<ContactField, Teller> = {
  name: nameText,
  kind: ({ kind }) => (kind ? kindNames[kind] : ""),
  company: ({ company }) => company ?? "",
  jobTitle: ({ jobTitle }) => jobTitle ?? "",
  birthday: ({ birthday }, { locale }) => (birthday ? birthdayText(birthday, locale) : ""),
  diedOn: ({ diedOn }, { locale }) => (diedOn ? birthdayText(diedOn, locale) : ""),
  timeZone: ({ timeZone }) => (timeZone ? timeZoneText(timeZone) : ""),
  language: ({ language }, { locale }) => (language ? languageName(language, locale) : ""),
  notes: ({ notes }) => notes ?? "",
  emails: ({ emails = [] }) => emails.map((email) => pointText(email.value, email)).join(", "),
  phones: ({ phones = [] }) => phones.map((phone) => pointText(phoneText(phone.value), phone)).join(", "),
  addresses: ({ addresses = [] }, home) =>
    addresses.map((address) => pointText(addressText(address, home), address)).join("; "),
  tags: ({ tags = [] }) => tags.join(", "),
};

/** "020 7946 0182 (mobile, evenings only)". */
function pointText(text: string, { label, note }: { label: string | null; note?: string }): string {
  const beside = [label, note].filter(Boolean).join(", ");
  return beside ? `${text} (${beside})` : text;
}

/** A field in one line of text. */
export function fieldText(field: ContactField, values: Partial<ContactValues>, home: Home): string {
  return tellers[field](values, home);
}

export interface RelationshipTold {
  words: string;
  otherId: string;
  otherName: string;
}

/** How a relationship reads from this contact's side. */
export function relationshipTold(contactId: string, state: State): RelationshipTold | null {
  if (!state) return null;
  const { type, fromContactId, toContactId, fromName, toName } = state as Record<string, string | null>;
  const back = fromContactId !== contactId;
  return {
    words: readingWords(type ?? "", back),
    otherId: (back ? fromContactId : toContactId) ?? "",
    otherName: (back ? fromName : toName) ?? "another contact",
  };
}
