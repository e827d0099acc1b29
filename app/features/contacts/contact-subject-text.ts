import { type ContactValues } from "~/features/contacts/contact";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** The plain texts of a row. */

/** One line: composed letters, single spaces, no control characters. */
export function oneLine(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

export function textOf(row: MappedRow, field: string): string | null {
  const cell = row.get(field)?.[0];
  return cell ? oneLine(cell.text) || null : null;
}

export function notesOf(row: MappedRow): string | null {
  const texts = (row.get("notes") ?? []).map((cell) =>
    cell.text
      .normalize("NFC")
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]+/gu, "")
      .trim(),
  );
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
