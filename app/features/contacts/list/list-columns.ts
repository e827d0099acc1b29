/** Which columns a list of contacts shows, and in which order. The name is always the first. */
import { type CustomField, isCustomField } from "~/features/contacts/contact";
import { definitionOf, type FieldDefinition, MOST_FIELDS } from "~/features/contacts/custom/custom-field";

export const columnNames = {
  company: "Company",
  jobTitle: "Job title",
  email: "Email",
  phone: "Phone",
  city: "City",
  owner: "Looked after by",
  kind: "Kind",
  tags: "Tags",
  marks: "Do not contact",
  birthday: "Birthday",
  language: "Language",
  timeZone: "Time zone",
  created: "Created",
  changed: "Changed",
} as const;
export type BuiltInColumn = keyof typeof columnNames;
export type ContactColumn = BuiltInColumn | CustomField;

export const contactColumns = Object.keys(columnNames) as BuiltInColumn[];

/** How a column is called; null: a field of the account's own that is not shown any more. */
export function columnName(column: ContactColumn, fields: readonly FieldDefinition[]): string | null {
  if (!isCustomField(column)) return columnNames[column];
  const definition = definitionOf(column, fields);
  return definition?.retiredAt === null ? definition.name : null;
}

/** What a list shows while nobody has chosen; the company stands under the name. */
export const usualColumns: readonly ContactColumn[] = ["kind", "email", "phone", "tags", "changed"];

/** From an address: `columns=company,email`, or (as the form sends it) `columns=company&columns=email`; null: as usual. */
export function readColumns(params: URLSearchParams): ContactColumn[] | null {
  if (!params.has("columns")) return null;
  const asked = params.getAll("columns").flatMap((text) => text.split(","));
  const own = [...new Set(asked.filter(isCustomField))].slice(0, MOST_FIELDS);
  const chosen: ContactColumn[] = [...contactColumns.filter((column) => asked.includes(column)), ...own];
  chosen.sort((a, b) => asked.indexOf(a) - asked.indexOf(b));
  return moved(chosen, params.get("move"));
}

/** `email-up` or `email-down`: one place on. */
function moved(columns: ContactColumn[], move: string | null): ContactColumn[] {
  const [, column, direction] = /^(.*)-(up|down)$/.exec(move ?? "") ?? [];
  const from = columns.findIndex((each) => each === column);
  const to = from + (direction === "up" ? -1 : 1);
  const [one, other] = [columns[from], columns[to]];
  if (!one || !other) return columns;
  return columns.map((each, place) => (place === from ? other : place === to ? one : each));
}

/** What the address says of the columns; null: nothing, they are as usual. An empty word: the name alone. */
export function columnsParam(columns: readonly ContactColumn[] | null): string | null {
  if (columns === null) return null;
  return columns.length > 0 ? columns.join(",") : "name";
}
