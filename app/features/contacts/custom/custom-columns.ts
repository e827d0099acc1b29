/** The columns of an export that hold the account's own fields, so that an import reads back the same. */
import { type CustomFieldType, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { decimalForFile } from "~/features/contacts/custom/decimal";
import { type ExportedContact } from "~/features/contacts/export/exported-contact";
import { type XlsxColumn } from "~/platform/xlsx-writer.server";

const types: Record<CustomFieldType, XlsxColumn["type"]> = {
  text: "code",
  number: "number",
  date: "date",
  choice: "text",
  "yes-no": "text",
  link: "text",
};

const widths: Record<CustomFieldType, number> = {
  text: 24,
  number: 14,
  date: 12,
  choice: 16,
  "yes-no": 8,
  link: 36,
};

/** A number with a point and a day as `2026-05-04`, wherever the account is. */
export function customColumn({ id, name, type }: FieldDefinition) {
  return {
    heading: name,
    width: widths[type],
    type: types[type],
    cell: ({ own }: Pick<ExportedContact, "own">) => valueForFile(type, own[id] ?? ""),
  };
}

function valueForFile(type: CustomFieldType, value: string): string {
  if (type === "number" && value) return decimalForFile(value);
  return type === "yes-no" && value ? (value === "yes" ? "Yes" : "No") : value;
}
