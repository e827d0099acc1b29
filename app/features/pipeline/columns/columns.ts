/** The columns of a file: their names, and the words by which fields are known. */
import { type SubjectField } from "~/features/pipeline/subject";

export const MAX_COLUMNS = 200;
const MAX_NAME = 100;

/** Names that are all there and all different: "Column 3" for an empty one, "Email (2)" for a second "Email". */
export function columnNames(cells: readonly string[], hasHeader: boolean): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const clean = cell
      .replace(/[\u0000-\u001f\u007f\s]+/g, " ")
      .trim()
      .slice(0, MAX_NAME);
    const base = (hasHeader ? clean : "") || `Column ${index + 1}`;
    let name = base;
    for (let place = 2; taken.has(name); place++) name = `${base} (${place})`;
    taken.add(name);
    return name;
  });
}

/** Whether the first row looks like names of columns: none of its cells is a value of a field, or a plain number. */
export function looksLikeHeader(cells: readonly string[], fields: readonly SubjectField[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.some((cell) => cell.trim() === rowKeyColumn || wordOf(cell, fields) !== null)) return true;
  return !filled.some((cell) => /^[\d\s.,+()/-]+$/.test(cell) || fields.some((field) => field.looksLike?.(cell)));
}

/** The field whose words a column's name holds: the whole name first, then without a trailing number. */
export function wordOf(name: string, fields: readonly SubjectField[]): string | null {
  const plain = plainName(name);
  for (const candidate of [plain, plain.replace(/ ?\d+$/, "")]) {
    const found = fields.find((field) => field.words.includes(candidate));
    if (found) return found.id;
  }
  return null;
}

/** As field words are written: lower case, no marks, words parted by one space ("E-Mail_Adresse" → "e mail adresse"). */
export function plainName(name: string): string {
  return name
    .slice(0, MAX_NAME)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The columns that a file of refused rows has in front: they tell people what to mend, and are not read again. */
export const refusalColumns = ["Line", "Column", "Value", "Reason"] as const;

/** The last column of such a file: by it a row is known again. Hidden in workbooks. */
export const rowKeyColumn = "Tallybook row";

/** For each column whether it is ours: what was wrong with a row, and its key, are no field of anything. */
export function ourColumns(columns: readonly string[]): boolean[] {
  const inFront = refusalColumns.every((name, index) => columns[index] === name) ? refusalColumns.length : 0;
  return columns.map((name, index) => index < inFront || name === rowKeyColumn);
}

export function withoutOurColumns(columns: readonly string[], mapping: readonly string[]): string[] {
  const ours = ourColumns(columns);
  return mapping.map((field, index) => (ours[index] ? "" : field));
}
