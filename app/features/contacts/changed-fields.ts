import { type ContactField, type ContactValues, fieldsIn, keysOf, nothingOf } from "~/features/contacts/contact";

/** The fields in which two states of a contact differ. */
export function changedFieldsOf(before: ContactValues, after: ContactValues): ContactField[] {
  return fieldsIn(before, after).filter((field) =>
    keysOf(field).some((key) => !sameValue(before[key] ?? nothingOf(key), after[key] ?? nothingOf(key))),
  );
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
