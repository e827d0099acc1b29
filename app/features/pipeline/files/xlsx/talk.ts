import { type SourceRow } from "~/features/pipeline/files/source-row";

/** What the thread that reads a workbook says, and is answered: one thing at a time, so that neither runs ahead. */

export type Task = { task: "sheets" } | { task: "rows"; sheet: string };

export interface SheetNames {
  names: string[];
  /** The first that is shown and has more than a title in it; null where all are empty. */
  first: string | null;
}

export type Said =
  /** Answered by how many bytes the file has. */
  | { kind: "size" }
  /** Answered by these bytes. */
  | { kind: "read"; offset: number; length: number }
  /** Answered when they are wanted no more. */
  | { kind: "rows"; rows: SourceRow[] }
  | { kind: "sheets"; sheets: SheetNames }
  | { kind: "end" }
  | { kind: "problem"; message: string };
