/** A record as it was received, told field by field. Pure. */

/** What came of it when it was brought in. */
export type Outcome = "new" | "changed" | "kept" | "same" | "refused";

export interface RawField {
  /** As the source calls it; of a file the column. */
  name: string;
  text: string;
  /** The text is JSON, of which the place of each letter counts. */
  isNested: boolean;
}

const MOST_TEXT = 4_000;

/**
 * What it says, without what it leaves empty.
 *
 * @param columns of the file it is a row of, by place; null: it came from a connector, and has fields by name
 */
export function rawFields(payload: string, columns: readonly string[] | null): RawField[] {
  return entriesIn(JSON.parse(payload), columns)
    .map(([name, value]) => fieldOf(name, value))
    .filter(({ text }) => text !== "");
}

function entriesIn(found: unknown, columns: readonly string[] | null): [string, unknown][] {
  if (Array.isArray(found)) return found.map((cell, index) => [columns?.[index] ?? `Column ${index + 1}`, cell]);
  return typeof found === "object" && found !== null ? Object.entries(found) : [];
}

function fieldOf(name: string, value: unknown): RawField {
  const isNested = typeof value === "object" && value !== null;
  const text = typeof value === "string" ? value : compactJson(value);
  return { name, text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text, isNested };
}

const WIDEST_LINE = 60;

/** JSON of which whatever has room on a line stands on one. */
function compactJson(value: unknown, indent = ""): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || indent.length + line.length <= WIDEST_LINE) return line;
  // Many a list has one entry.
  if (Array.isArray(value) && value.length === 1) return `[${compactJson(value[0], indent)}]`;
  const deeper = `${indent}  `;
  const within = (part: unknown) => compactJson(part, deeper);
  const [open, close, parts] = Array.isArray(value)
    ? ["[", "]", value.map(within)]
    : ["{", "}", Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${within(part)}`)];
  return `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
}
