import { type MappedRow, type Refusal, type RowReader } from "~/features/pipeline/subject";

/** The validate stage: what is wrong with a row, in words. First what holds for every subject, then its own rules. */

/** What a cell of a refused row is quoted with, at most. */
export const QUOTED_LENGTH = 200;

/** A row with other than the heading's number of cells cannot be told apart from one that is shifted. */
export function checkShape(cells: readonly string[], columns: readonly string[]): Refusal[] {
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== "");
  if (cells.length >= columns.length && !surplus) return [];
  const found = `${cells.length} ${cells.length === 1 ? "cell" : "cells"}`;
  return [
    {
      column: null,
      value: null,
      reason: `The row has ${found}, the heading has ${columns.length}. Look for a missing or surplus delimiter or quotation mark.`,
      rule: "row-length",
    },
  ];
}

/** Text with a NUL character is damaged, and can not be stored. */
export function checkCharacters(cells: readonly string[], columns: readonly string[]): Refusal[] {
  const damaged = cells.findIndex((cell) => cell.includes("\0"));
  if (damaged < 0) return [];
  return [
    {
      column: columns[damaged] ?? null,
      value: quoted(cells[damaged] ?? ""),
      reason: "The cell holds a NUL character, which is no text. Type the cell anew.",
      rule: "nul-character",
    },
  ];
}

export function validateRow<Canonical>(
  cells: readonly string[],
  columns: readonly string[],
  { mapped, reader }: { mapped: MappedRow; reader: RowReader<Canonical> },
): Refusal[] {
  const shape = checkShape(cells, columns);
  if (shape.length > 0) return shape;
  const characters = checkCharacters(cells, columns);
  return characters.length > 0 ? characters : reader.validate(mapped);
}

/** A value as it can be kept and shown: no NUL, not endless. */
export function quoted(value: string): string {
  const clean = value.replaceAll("\0", "\uFFFD");
  return clean.length > QUOTED_LENGTH ? `${clean.slice(0, QUOTED_LENGTH)}…` : clean;
}
