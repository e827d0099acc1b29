import { FileProblem } from "~/features/pipeline/files/file-problem";
import { hasHeading, type ReadingSettings } from "~/features/pipeline/draft/run-settings.server";
import { type SourceFile, type SourceRow } from "~/features/pipeline/files/source-row";
import { readSource } from "~/features/pipeline/files/source.server";

/** The fetch stage: reads a source in batches, from a checkpoint on. */

/** Enough to make a transaction worth its while, few enough to keep the others waiting for under 50 ms on SQLite. */
export const BATCH_ROWS = 300;
export const MAX_ROWS = 500_000;

export interface Batch {
  rows: SourceRow[];
  /** How many rows of the source are behind it once this batch is stored. */
  after: number;
}

/** The file's rows without the heading, leaving out the first `after` of them. @throws FileProblem */
export async function* fetchBatches(
  file: SourceFile,
  reading: ReadingSettings,
  { after, size = BATCH_ROWS }: { after: number; size?: number },
): AsyncGenerator<Batch> {
  let place = hasHeading(reading) ? -1 : 0;
  let rows: SourceRow[] = [];
  for await (const row of readSource(file, reading)) {
    if (place++ < after) continue;
    rows.push(row);
    if (rows.length < size) continue;
    yield { rows, after: place };
    rows = [];
  }
  if (rows.length > 0) yield { rows, after: place };
}

/**
 * Goes through the whole source once before anything is written, so that a file whose build is broken somewhere leaves
 * nothing half done. @returns how many rows it has. @throws FileProblem
 */
export async function survey(
  file: SourceFile,
  reading: ReadingSettings,
  { locale }: { locale: string },
): Promise<number> {
  let count = hasHeading(reading) ? -1 : 0;
  for await (const _ of readSource(file, reading)) {
    if (++count > MAX_ROWS) {
      throw new FileProblem(
        `The file has more than ${MAX_ROWS.toLocaleString(locale)} rows. Split it and import the parts one after the other.`,
      );
    }
  }
  return Math.max(0, count);
}
