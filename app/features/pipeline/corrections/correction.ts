import { z } from "zod";
import { columnNames, refusalColumns, rowKeyColumn } from "~/features/pipeline/columns/columns";

/** A file of refused rows that were corrected: which of its columns are those of the file they came from. */

export const correction = z.strictObject({
  /** The run that refused the rows. */
  runId: z.string(),
  /** The columns of this file, by name. */
  columns: z.array(z.string()),
  /** Where the key stands among them. */
  keyAt: z.number().int(),
  /** For each column of the first file its place in this one; -1 where it is not there. */
  places: z.array(z.number().int()),
});

/** The rule of refusal for rows without a key: they are none of those that were refused. */
export const NO_KEY = "no-row-key";

export type Correction = z.infer<typeof correction>;

/** What our CSVs put before what a spreadsheet would take for a formula. */
const plain = (name: string) => name.replace(/^'/, "");

/** The columns of a file of refused rows, as they are called when it is read again. */
export function refusedFileColumns(columns: readonly string[]): string[] {
  return [...refusalColumns, ...columns, rowKeyColumn];
}

/** Where the columns of the first file are in a file with these columns; in whatever order they stand. */
export function placesOf(columns: readonly string[], inFile: readonly string[]): number[] {
  const names = columnNames(refusedFileColumns(columns).map(plain), true).slice(refusalColumns.length, -1);
  const found = new Map(columnNames(inFile.map(plain), true).map((name, place) => [name, place]));
  return names.map((name) => found.get(name) ?? -1);
}

/** A row of the corrected file as the first file would have had it. */
export function arranged(cells: readonly string[], { places, keyAt }: Correction): string[] {
  return places.map((place) => (place < 0 || place === keyAt ? "" : (cells[place] ?? "")));
}
