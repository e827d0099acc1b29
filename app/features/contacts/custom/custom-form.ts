/** The account's own fields on a contact's form: `custom.<id>` each, and `shownFields` names those that it had. */
import { z } from "zod";
import { type ContactValues } from "~/features/contacts/contact";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { readValue, type ValuePlace, valueToType } from "~/features/contacts/custom/custom-value";
import { oneLine } from "~/features/contacts/values/typed-text";

export function customInputs(fields: readonly FieldDefinition[], place: ValuePlace) {
  return {
    shownFields: z.string().optional(),
    custom: z.object(Object.fromEntries(fields.map((field) => [field.id, input(field, place)]))).optional(),
  };
}

/** Null: nothing typed. */
function input(field: FieldDefinition, place: ValuePlace) {
  return z
    .string()
    .optional()
    .transform((text, context) => {
      const typed = oneLine(text ?? "");
      if (typed === "") return null;
      const reading = readValue(field, typed, place);
      if (reading.ok) return reading.value;
      context.addIssue({ code: "custom", message: reading.reason });
      return z.NEVER;
    });
}

interface Typed {
  shownFields?: string;
  custom?: Record<string, string | null>;
}

/**
 * What the form says of the account's own fields. Of one that it did not show (added or retired since it was opened) it
 * says nothing, and does not ask for it.
 */
export function customSaid(
  { shownFields = "", custom = {} }: Typed,
  fields: readonly FieldDefinition[],
  missing: (path: string[], message: string) => void,
): Partial<ContactValues> {
  const shown = shownFields.split(",");
  const said: Partial<ContactValues> = {};
  for (const field of fields) {
    const value = custom[field.id] ?? null;
    if (value === null && !shown.includes(field.id)) continue;
    said[fieldOf(field)] = value;
    if (value === null && field.isRequired) missing(["custom", field.id], requiredWords(field));
  }
  return said;
}

export function requiredWords({ name, type }: Pick<FieldDefinition, "name" | "type">): string {
  return type === "choice" || type === "yes-no"
    ? `Choose ${name}: it is required.`
    : `Fill in ${name}: it is required.`;
}

/** As the form shows what is stored. */
export function customDefaults(values: ContactValues, fields: readonly FieldDefinition[], place: ValuePlace) {
  const typed = fields.map((field) => {
    const value = values[fieldOf(field)];
    return [field.id, value ? valueToType(field.type, value, place) : ""];
  });
  return {
    shownFields: fields.map(({ id }) => id).join(","),
    custom: Object.fromEntries(typed) as Record<string, string>,
  };
}
