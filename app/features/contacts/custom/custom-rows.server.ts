/** What a contact says of the account's own fields, as the columns of its rows. */
import { type Insertable } from "kysely";
import { type ContactValues, isCustomField } from "~/features/contacts/contact";
import { type CustomFieldType, type FieldDefinition, fieldOf, idOf } from "~/features/contacts/custom/custom-field";
import { valueKey } from "~/features/contacts/custom/value-key.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";

/** By the field's id. */
export type CustomValues = Readonly<Record<string, string>>;

function customValuesOf(values: ContactValues): [id: string, value: string][] {
  const found: [string, string][] = [];
  for (const key in values) {
    const value = isCustomField(key) ? values[key] : null;
    if (isCustomField(key) && value) found.push([idOf(key), value]);
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `contacts.custom_values` */
export function customColumn(values: ContactValues): string | null {
  const found = customValuesOf(values);
  return found.length > 0 ? toJson(Object.fromEntries(found)) : null;
}

const none: CustomValues = {};

export function readCustomColumn(column: string | null): CustomValues {
  return column === null ? none : fromJson<CustomValues>(column);
}

export function toCustomRows(
  accountId: string,
  { id, values }: { id: string; values: ContactValues },
  fields: readonly FieldDefinition[],
): Insertable<Tables["contact_custom_values"]>[] {
  return fields.flatMap((field) => {
    const value = values[fieldOf(field)];
    if (!value) return [];
    const key = { account_id: accountId, field_id: field.id, contact_id: id };
    return [{ ...key, value, value_key: valueKey(field.type, value) }];
  });
}

const searched: ReadonlySet<CustomFieldType> = new Set(["text", "choice", "link"]);

/** What the search box finds of it: words, not numbers and dates. */
export function customTexts(values: ContactValues, fields: readonly FieldDefinition[]): string[] {
  return fields.flatMap((field) => (searched.has(field.type) ? (values[fieldOf(field)] ?? []) : []));
}
