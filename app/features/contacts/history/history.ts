import { addressText, type Home } from "~/features/contacts/values/address-text";
import {
  type ContactField,
  type BuiltInField,
  type ContactValues,
  fieldsIn,
  isCustomField,
  keysOf,
  kindNames,
} from "~/features/contacts/contact";
import { birthdayText } from "~/features/contacts/values/birthday";
import { fieldOf, nameOfField } from "~/features/contacts/custom/custom-field";
import { customText } from "~/features/contacts/custom/custom-text";
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
  const changes = fieldsIn(was, is)
    .filter((field) => keysOf(field).some((key) => key in was || key in is))
    .map((field) => ({
      field,
      label: nameOfField(field, home.fields),
      before: fieldText(field, was, home),
      after: fieldText(field, is, home),
    }))
    .filter((change) => change.before !== change.after);
  return changes;
}

/** Fields that are no longer pinned. */
export function unpinned(before: State, after: State, { fields }: Pick<Home, "fields"> = {}): string[] {
  const left = pinsIn(after);
  return pinsIn(before)
    .filter((pin) => !left.includes(pin))
    .map((pin) => nameOfField(pin, fields));
}

function pinsIn(state: State): ContactField[] {
  const pins = state?.pins;
  const held = Array.isArray(pins) ? pins.map(String) : [];
  return fieldsIn(Object.fromEntries(held.map((pin) => [pin, true]))).filter((field) => held.includes(field));
}

/** An import's entry is the values themselves; one by hand holds them beside the record and the pins. */
export function valuesIn(state: State): Partial<ContactValues> {
  if (!state) return {};
  return (typeof state.values === "object" && state.values !== null ? state.values : state) as Partial<ContactValues>;
}

type Teller = (values: Partial<ContactValues>, home: Home) => string;

const tellers: Record<BuiltInField, Teller> = {
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
export function currentTexts(values: ContactValues, home: Home): Partial<Record<ContactField, string>> {
  const own = Object.fromEntries((home.fields ?? []).map((field) => [fieldOf(field), ""]));
  const texts = fieldsIn(values, own).map((field) => [field, fieldText(field, values, home)]);
  return Object.fromEntries(texts) as Partial<Record<ContactField, string>>;
}

/** A field in one line of text. */
export function fieldText(field: ContactField, values: Partial<ContactValues>, home: Home): string {
  return isCustomField(field) ? customText(field, values[field], home) : tellers[field](values, home);
}
