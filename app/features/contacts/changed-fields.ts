import { type ContactField, contactFields, type ContactValues, valuesOf } from "~/features/contacts/contact";

/** The fields in which two states of a contact differ. */
export function changedFieldsOf(before: ContactValues, after: ContactValues): ContactField[] {
  return contactFields.filter((field) => valuesOf[field].some((key) => !sameValue(before[key], after[key])));
}

/** In whatever order the parts of an email or an address are noted. */
function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || (Array.isArray(a) && sorted(a) === sorted(b));
}

function sorted(list: unknown): string {
  return JSON.stringify(list, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
