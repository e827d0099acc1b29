import { type ContactValues } from "~/features/contacts/contact";
import { manyLines, oneLine } from "~/features/contacts/values/typed-text";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** The plain texts of a row. */

export function textOf(row: MappedRow, field: string): string | null {
  const cell = row.get(field)?.[0];
  return cell ? oneLine(cell.text) || null : null;
}

export function notesOf(row: MappedRow): string | null {
  const texts = (row.get("notes") ?? []).map((cell) => manyLines(cell.text));
  return texts.filter((text) => text !== "").join("\n\n") || null;
}

/** Says `value` of the contact, unless there is nothing to say. */
export function put<Key extends keyof ContactValues>(
  data: Partial<ContactValues>,
  key: Key,
  value: ContactValues[Key],
): void {
  if (value !== null && !(Array.isArray(value) && value.length === 0)) data[key] = value;
}

export function refuse(cell: MappedCell, reason: string, rule: string, value = cell.text): Refusal {
  return { column: cell.column, value, reason, rule };
}
