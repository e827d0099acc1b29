import { type CustomField } from "~/features/contacts/contact";
import { definitionOf, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { valueText } from "~/features/contacts/custom/custom-value";

/** What is said of one of the account's own fields, as a page shows it; "" where nothing is. */
export function customText(
  field: CustomField,
  value: string | null | undefined,
  { fields, locale }: { fields?: readonly FieldDefinition[]; locale: string },
): string {
  const definition = definitionOf(field, fields);
  return value && definition ? valueText(definition.type, value, locale) : (value ?? "");
}
