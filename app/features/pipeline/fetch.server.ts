import { CsvProblem, type CsvRow, readRows } from "~/features/pipeline/csv-rows.server";
import { type ReadingSettings } from "~/features/pipeline/run-settings.server";

/** The fetch stage: reads a source in batches, from a checkpoint on. */

/** Enough to make a transaction worth its while, few enough to keep the others waiting for under 50 ms on SQLite. */
export const BATCH_ROWS = 300;
export const MAX_ROWS = 500_000;

export interface Batch {
  rows: CsvRow[];
  /** How many rows of the source are behind it once this batch is stored. */
  after: number;
}

/** The file's rows without the heading, leaving out the first `after` of them. @throws CsvProblem */
export async function* fetchBatches(
  bytes: AsyncIterable<Uint8Array>,
  settings: ReadingSettings,
  { after, size = BATCH_ROWS }: { after: number; size?: number },
): AsyncGenerator<Batch> {
  let place = settings.hasHeader ? -1 : 0;
  let rows: CsvRow[] = [];
  for await (const row of readRows(bytes, settings)) {
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
 * nothing half done. @returns how many rows it has. @throws CsvProblem
 */
export async function survey(
  bytes: AsyncIterable<Uint8Array>,
  settings: ReadingSettings,
  { locale }: { locale: string },
): Promise<number> {
  let count = settings.hasHeader ? -1 : 0;
  for await (const { line } of readRows(bytes, settings)) {
    if (line > 0 && ++count > MAX_ROWS) {
      throw new CsvProblem(
        `The file has more than ${MAX_ROWS.toLocaleString(locale)} rows. Split it and import the parts one after the other.`,
      );
    }
  }
  return Math.max(0, count);
}
