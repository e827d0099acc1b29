import { addressText, type Home } from "~/features/contacts/values/address-text";
import { birthdayText } from "~/features/contacts/values/birthday";
import { byAge, type MemberRecord } from "~/features/contacts/compute-contact";
import {
  type ContactField,
  type BuiltInField,
  type ContactValues,
  displayName,
  fieldsIn,
  isCustomField,
  kindNames,
  nothingKnown,
} from "~/features/contacts/contact";
import { customText } from "~/features/contacts/custom/custom-text";
import { languageName } from "~/features/contacts/values/language";
import { phoneText } from "~/features/contacts/values/phone-display";
import { timeZoneText } from "~/features/contacts/values/time-zone";

/** "Why does it say this?": where each value of a contact comes from, and what else its records say. Pure. */

export interface ValueWithOrigin {
  /** What makes it this value, however it is labelled or written; of a phone the number as it is stored. */
  key: string;
  text: string;
  label: string | null;
  /** What somebody noted of it. */
  note?: string;
  /** The record it comes from; null when none says it any more. */
  recordId: string | null;
}

export interface FieldOrigin {
  values: ValueWithOrigin[];
  /** What other records say and the contact does not, the newest first. */
  others: ValueWithOrigin[];
}

/** Of the account's own fields those are missing of which no record says anything. */
export type Origins = Record<BuiltInField, FieldOrigin> & Partial<Record<ContactField, FieldOrigin>>;

/** Every field's values with their origins. */
export function explain(
  values: ContactValues,
  members: readonly MemberRecord[],
  pins: ReadonlySet<ContactField>,
  home: Home,
): Origins {
  const newestFirst = [...members].sort(byAge);
  const byHand = newestFirst.filter((member) => member.source === "by-hand");
  const explained = fieldsIn(...members.map(({ data }) => data)).map((field) => {
    const candidates = pins.has(field) && byHand.length > 0 ? byHand : newestFirst;
    return [field, explainField(field, values, { candidates, all: newestFirst, home })];
  });
  return Object.fromEntries(explained) as Origins;
}

function explainField(
  field: ContactField,
  values: ContactValues,
  { candidates, all, home }: { candidates: readonly MemberRecord[]; all: readonly MemberRecord[]; home: Home },
): FieldOrigin {
  const shown = partsOf(field, values, home).map((part) => ({
    ...part,
    recordId: candidates.find((member) => saysSo(field, member, part.key, home))?.id ?? null,
  }));
  const known = new Set(shown.map((part) => part.key));
  const others: ValueWithOrigin[] = [];
  for (const member of all) {
    for (const part of partsOf(field, member.data, home)) {
      if (known.has(part.key)) continue;
      known.add(part.key);
      others.push({ ...part, recordId: member.id });
    }
  }
  return { values: shown, others };
}

function saysSo(field: ContactField, member: MemberRecord, key: string, home: Home): boolean {
  return partsOf(field, member.data, home).some((part) => part.key === key);
}

type Part = Omit<ValueWithOrigin, "recordId">;

/** A field's values one by one: a list's items, or the one text of any other field. */
function partsOf(field: ContactField, data: Partial<ContactValues>, home: Home): Part[] {
  switch (field) {
    case "emails":
      return (data.emails ?? []).map(({ value, label, note }) => ({
        key: value.toLowerCase(),
        text: value,
        label,
        note,
      }));
    case "phones":
      return (data.phones ?? []).map(({ value, label, note }) => {
        return { key: value, text: phoneText(value, home.country), label, note };
      });
    case "addresses":
      return (data.addresses ?? []).map((address) => {
        const text = addressText(address, home);
        return { key: text.toLowerCase(), text, label: address.label, note: address.note };
      });
    case "tags":
      return (data.tags ?? []).map((tag) => ({ key: tag.toLowerCase(), text: tag, label: null }));
    default:
      return isCustomField(field)
        ? single(customText(field, data[field], home))
        : single(texts[field](data, home.locale));
  }
}

function single(text: string | null | undefined): Part[] {
  return text ? [{ key: text, text, label: null }] : [];
}

type SingleField = Exclude<BuiltInField, "emails" | "phones" | "addresses" | "tags">;

const texts: Record<SingleField, (data: Partial<ContactValues>, locale: string) => string | null | undefined> = {
  kind: ({ kind }) => kind && kindNames[kind],
  name: nameText,
  company: ({ company }) => company,
  jobTitle: ({ jobTitle }) => jobTitle,
  birthday: ({ birthday }, locale) => birthday && birthdayText(birthday, locale),
  diedOn: ({ diedOn }, locale) => diedOn && birthdayText(diedOn, locale),
  timeZone: ({ timeZone }) => timeZone && timeZoneText(timeZone),
  language: ({ language }, locale) => language && languageName(language, locale),
  notes: ({ notes }) => notes,
};

/** The name alone, without what a contact without one is known by. */
export function nameText(data: Partial<ContactValues>): string {
  const { typedName = null, givenName = null, familyName = null } = data;
  return displayName({ ...nothingKnown, typedName, givenName, familyName });
}
