/** A file that can be read from any place on, and more than once. */
export interface SourceFile {
  size(): Promise<number>;
  /** The bytes from `offset` (0) to the end, a piece at a time. */
  read(offset?: number): AsyncIterable<Uint8Array>;
}

/** One row of a source, whatever its format. */
export interface SourceRow {
  /** Where the row begins in the file, from 1: a text's line as an editor shows it, a sheet's row. */
  line: number;
  cells: readonly string[];
}

/** A row of more is no row of a list. */
export const MAX_ROW_BYTES = 1_000_000;
