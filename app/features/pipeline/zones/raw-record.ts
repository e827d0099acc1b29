/** A record as it was received, told field by field. Pure. */

/** What came of it when it was brought in. */
export type Outcome = "new" | "changed" | "kept" | "same" | "refused";

export interface RawField {
  /** As the source calls it; of a file the column. */
  name: string;
  text: string;
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
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  return { name, text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text };
}
