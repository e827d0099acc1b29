import { type AnySubject, type CheckedField } from "~/features/pipeline/subject";

/** What an account's own rules can be about: as the subject says, else each of its fields by itself. */
export function checkedFieldsOf({ checked, fields }: AnySubject): readonly CheckedField[] {
  return checked ?? fields.map(({ id, label, many }) => ({ id, label, many, fields: [id], of: "text" as const }));
}
