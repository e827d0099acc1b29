import { checkOwnRules } from "~/features/pipeline/own-rules/check-own-rules";
import { type OwnRule } from "~/features/pipeline/own-rules/own-rule";
import { type MappedRow, type Refusal, type RowReader } from "~/features/pipeline/subject";

/** The validate stage: what is wrong with a row, in words. First what holds for every subject, then its own rules. */

/** What a cell of a refused row is quoted with, at most. */
export const QUOTED_LENGTH = 200;

/**
 * A row with more cells than the file has columns is shifted somewhere, and nobody can tell where. One with fewer is
 * what many programs write when the last cells are empty, and is taken so.
 */
export function checkShape(cells: readonly string[], columns: readonly string[]): Refusal[] {
  const surplus = cells.slice(columns.length);
  const last = surplus.findLast((cell) => cell.trim() !== "");
  if (last === undefined) return [];
  return [
    {
      column: null,
      value: quoted(last),
      reason: `The row has ${cells.length} cells, but the file has ${columns.length === 1 ? "1 column" : `${columns.length} columns`}. Look for a surplus separator, or for quotation marks that are missing around a cell with one in it.`,
      rule: "row-length",
    },
  ];
}

const damages = [
  {
    character: "\0",
    rule: "nul-character",
    reason: "The cell holds a NUL character, which is no text. Type the cell anew.",
  },
  {
    // What decoding makes of bytes that say nothing in the file's encoding.
    character: "\uFFFD",
    rule: "unreadable-character",
    reason:
      "A character here cannot be read. If that is so in many rows, the file is in another encoding than was chosen; else type the cell anew.",
  },
];

/** Damaged text is not stored: a letter that is lost would be lost for good. */
export function checkCharacters(cells: readonly string[], columns: readonly string[]): Refusal[] {
  for (const { character, rule, reason } of damages) {
    const damaged = cells.findIndex((cell) => cell.includes(character));
    if (damaged >= 0) return [{ column: columns[damaged] ?? null, value: quoted(cells[damaged] ?? ""), reason, rule }];
  }
  return [];
}

interface RowRules<Canonical> {
  mapped: MappedRow;
  reader: RowReader<Canonical>;
  /** For each column the field it goes to. */
  fields: readonly string[];
  /** The account's own. */
  ownRules: readonly OwnRule[];
}

export function validateRow<Canonical>(
  cells: readonly string[],
  columns: readonly string[],
  { mapped, reader, fields, ownRules }: RowRules<Canonical>,
): Refusal[] {
  const shape = checkShape(cells, columns);
  if (shape.length > 0) return shape;
  const characters = checkCharacters(cells, columns);
  if (characters.length > 0) return characters;
  const builtIn = reader.validate(mapped);
  if (ownRules.length === 0) return builtIn;
  const own = checkOwnRules({ mapped, columns, fields, dateOf: reader.dateOf, sameAs: reader.sameAs }, ownRules);
  // What cannot be read at all need not be told that it breaks a rule, too.
  return [...builtIn, ...own.filter(({ column }) => column === null || builtIn.every((one) => one.column !== column))];
}

/** A value as it can be kept and shown: no NUL, not endless. */
export function quoted(value: string): string {
  const clean = value.replaceAll("\0", "\uFFFD");
  return clean.length > QUOTED_LENGTH ? `${clean.slice(0, QUOTED_LENGTH)}…` : clean;
}
