/** A field of an account's own: what it is, how it is called, and how it is written on a page. Pure. */
import {
  type BuiltInField,
  type ContactField,
  type CustomField,
  fieldNames,
  isCustomField,
} from "~/features/contacts/contact";

export const customFieldTypes = ["text", "number", "date", "choice", "yes-no", "link"] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

export const typeNames: Record<CustomFieldType, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  choice: "Choice",
  "yes-no": "Yes or no",
  link: "Link",
};

/** What can be chosen. What is no longer offered stays where it was chosen, and is known again in files. */
export type Choice = { text: string; retired?: true };

export interface FieldDefinition {
  id: string;
  name: string;
  type: CustomFieldType;
  hint: string | null;
  /** The form asks for it; imports may go without. */
  isRequired: boolean;
  /** In the order of the form; empty for all other types. */
  choices: readonly Choice[];
  retiredAt: string | null;
}

/** More than a form bears. */
export const MOST_FIELDS = 50;
export const MOST_CHOICES = 100;
export const fieldLimits = { name: 60, hint: 200, choice: 80 } as const;

export function fieldOf({ id }: { id: string }): CustomField {
  return `custom:${id}`;
}

export function idOf(field: CustomField): string {
  return field.slice("custom:".length);
}

/** Those that pages show. */
export function inUse(fields: readonly FieldDefinition[]): FieldDefinition[] {
  return fields.filter(({ retiredAt }) => retiredAt === null);
}

export function definitionOf(
  field: CustomField,
  fields: readonly FieldDefinition[] | undefined,
): FieldDefinition | undefined {
  return fields?.find((each) => fieldOf(each) === field);
}

/** How a field is called on a page, built in or the account's own. */
export function nameOfField(field: ContactField, fields: readonly FieldDefinition[] | undefined): string {
  if (!isCustomField(field)) return fieldNames[field satisfies BuiltInField];
  return definitionOf(field, fields)?.name ?? "A field that is no longer there";
}
