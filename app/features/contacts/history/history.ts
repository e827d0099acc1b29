import { addressText, type Home } from "~/features/contacts/values/address-text";
import {
  type ContactField,
  contactFields,
  type ContactValues,
  fieldNames,
  kindNames,
  valuesOf,
} from "~/features/contacts/contact";
import { birthdayText } from "~/features/contacts/values/birthday";
import { languageName } from "~/features/contacts/values/language";
import { phoneText } from "~/features/contacts/values/phone-display";
import { nameText } from "~/features/contacts/detail/provenance";
import { timeZoneText } from "~/features/contacts/values/time-zone";

/** A contact's history in words: what change entries hold, read for people. */

export type State = Record<string, unknown> | null;

export interface FieldChange {
  /** Null: not a field of the contact's own, so that nobody can restore it here. */
  field: ContactField | null;
  label: string;
  before: string;
  after: string;
}

/** Before and after of each field that a change entry tells of. Pins by their names. */
export function fieldChanges(before: State, after: State, home: Home): FieldChange[] {
  const [was, is] = [valuesIn(before), valuesIn(after)];
  const changes = contactFields
    .filter((field) => valuesOf[field].some((key) => key in was || key in is))
    .map((field) => ({
      field,
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
export function valuesIn(state: State): Partial<ContactValues> {
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
  phones: ({ phones = [] }, { country }) =>
    phones.map((phone) => pointText(phoneText(phone.value, country), phone)).join(", "),
  addresses: ({ addresses = [] }, home) =>
    addresses.map((address) => pointText(addressText(address, home), address)).join("; "),
  tags: ({ tags = [] }) => tags.join(", "),
};

/** "020 7946 0182 (mobile, evenings only)". */
function pointText(text: string, { label, note }: { label: string | null; note?: string }): string {
  const beside = [label, note].filter(Boolean).join(", ");
  return beside ? `${text} (${beside})` : text;
}

/** What each field says, as the history writes it. */
export function currentTexts(values: ContactValues, home: Home): Record<ContactField, string> {
  const texts = contactFields.map((field) => [field, fieldText(field, values, home)]);
  return Object.fromEntries(texts) as Record<ContactField, string>;
}

/** A field in one line of text. */
export function fieldText(field: ContactField, values: Partial<ContactValues>, home: Home): string {
  return tellers[field](values, home);
}
