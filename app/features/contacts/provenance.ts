import { byAge, type MemberRecord } from "~/features/contacts/compute-contact";
import {
  type Address,
  type ContactField,
  contactFields,
  type ContactValues,
  displayName,
  kindNames,
  nothingKnown,
} from "~/features/contacts/contact";

/** "Why does it say this?": where each value of a contact comes from, and what else its records say. Pure. */

export interface ValueWithOrigin {
  /** What makes it this value, however it is labelled or written. */
  key: string;
  text: string;
  label: string | null;
  /** The record it comes from; null when none says it any more. */
  recordId: string | null;
}

export interface FieldOrigin {
  values: ValueWithOrigin[];
  /** What other records say and the contact does not, the newest first. */
  others: ValueWithOrigin[];
}

/** Every field's values with their origins. */
export function explain(
  values: ContactValues,
  members: readonly MemberRecord[],
  pins: ReadonlySet<ContactField>,
): Record<ContactField, FieldOrigin> {
  const newestFirst = [...members].sort(byAge);
  const byHand = newestFirst.filter((member) => member.source === "by-hand");
  const explained = contactFields.map((field) => {
    const candidates = pins.has(field) && byHand.length > 0 ? byHand : newestFirst;
    return [field, explainField(field, values, { candidates, all: newestFirst })];
  });
  return Object.fromEntries(explained) as Record<ContactField, FieldOrigin>;
}

function explainField(
  field: ContactField,
  values: ContactValues,
  { candidates, all }: { candidates: readonly MemberRecord[]; all: readonly MemberRecord[] },
): FieldOrigin {
  const shown = partsOf(field, values).map((part) => ({
    ...part,
    recordId: candidates.find((member) => saysSo(field, member, part.key))?.id ?? null,
  }));
  const known = new Set(shown.map((part) => part.key));
  const others: ValueWithOrigin[] = [];
  for (const member of all) {
    for (const part of partsOf(field, member.data)) {
      if (known.has(part.key)) continue;
      known.add(part.key);
      others.push({ ...part, recordId: member.id });
    }
  }
  return { values: shown, others };
}

function saysSo(field: ContactField, member: MemberRecord, key: string): boolean {
  return partsOf(field, member.data).some((part) => part.key === key);
}

type Part = Omit<ValueWithOrigin, "recordId">;

/** A field's values one by one: a list's items, or the one text of any other field. */
function partsOf(field: ContactField, data: Partial<ContactValues>): Part[] {
  switch (field) {
    case "emails":
      return (data.emails ?? []).map(({ value, label }) => ({ key: value.toLowerCase(), text: value, label }));
    case "phones":
      return (data.phones ?? []).map(({ value, label }) => ({ key: value, text: value, label }));
    case "addresses":
      return (data.addresses ?? []).map((address) => {
        const text = addressText(address);
        return { key: text.toLowerCase(), text, label: address.label };
      });
    case "tags":
      return (data.tags ?? []).map((tag) => ({ key: tag.toLowerCase(), text: tag, label: null }));
    default:
      return single(textOf(field, data));
  }
}

function single(text: string | null | undefined): Part[] {
  return text ? [{ key: text, text, label: null }] : [];
}

function textOf(field: ContactField, data: Partial<ContactValues>): string | null | undefined {
  if (field === "kind") return data.kind && kindNames[data.kind];
  if (field === "name") return nameText(data);
  return data[field as "company" | "jobTitle" | "notes"];
}

/** The name alone, without what a contact without one is known by. */
export function nameText(data: Partial<ContactValues>): string {
  const { typedName = null, givenName = null, familyName = null } = data;
  return displayName({ ...nothingKnown, typedName, givenName, familyName });
}

/** An address on one line: "14 Kiln Row, London E8 4QN, GB". */
export function addressText({ street, city, region, postalCode, country }: Address): string {
  const place = [city, postalCode].filter(Boolean).join(" ");
  return [street, place, region, country]
    .filter(Boolean)
    .join(", ")
    .replace(/\s*\n\s*/g, ", ");
}
