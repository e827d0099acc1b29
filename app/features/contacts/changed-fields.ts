import { type ContactField, contactFields, type ContactValues, valuesOf } from "~/features/contacts/contact";

/** The fields in which two states of a contact differ. */
export function changedFieldsOf(before: ContactValues, after: ContactValues): ContactField[] {
  return contactFields.filter((field) => valuesOf[field].some((key) => !sameValue(before[key], after[key])));
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
