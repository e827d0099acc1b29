import { columnNames, guessMapping, looksLikeHeader, MAX_COLUMNS } from "~/features/pipeline/columns";
import { CsvProblem, type CsvRow, inTurns, readRows } from "~/features/pipeline/csv-rows.server";
import { guessDelimiter } from "~/features/pipeline/delimiter";
import { whyNoCsv } from "~/features/pipeline/file-kind";
import { type ReadingSettings, type RunSettings } from "~/features/pipeline/run-settings.server";
import { type SubjectField } from "~/features/pipeline/subject";
import { encodingProbe, type TextEncoding } from "~/features/pipeline/text-encoding";
import { readFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";

/** What can be found out about an uploaded file before anybody has said anything about it. */

export type Refused = { ok: false; reason: string };

/** Rows looked at to guess by, and shown as examples. */
export const SAMPLE_ROWS = 20;
const SAMPLE_BYTES = 64 * 1024;

/** How to read the file, at a guess; or why it is no CSV, in a sentence. Reads it once from end to end. */
export async function inspectFile(
  scope: Scope,
  file: { id: string; name: string },
  fields: readonly SubjectField[],
): Promise<{ ok: true; reading: ReadingSettings } | Refused> {
  const probe = encodingProbe();
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of inTurns(readFile(scope, file.id))) {
    if (start.length < SAMPLE_BYTES) start = Buffer.concat([start, chunk]).subarray(0, SAMPLE_BYTES);
    probe.add(chunk);
  }
  if (start.length === 0) return { ok: false, reason: "The file is empty." };
  const encoding = probe.result();
  const reason = whyNoCsv(start, { fileName: file.name, utf16: encoding.startsWith("utf-16") });
  if (reason) return { ok: false, reason };
  const delimiter = guessDelimiter(wholeLines(start, encoding));
  const sample = await readSample(scope, file.id, { encoding, delimiter, hasHeader: false });
  if (!sample.ok) return sample;
  const hasHeader = looksLikeHeader(sample.rows[0]?.cells ?? [], fields);
  return { ok: true, reading: { encoding, delimiter, hasHeader } };
}

/** The text without a last line that may be cut in the middle. */
function wholeLines(start: Buffer, encoding: TextEncoding): string {
  const text = new TextDecoder(encoding).decode(start);
  const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  return start.length < SAMPLE_BYTES || end < 0 ? text : text.slice(0, end);
}

export type Sample = { ok: true; columns: string[]; rows: CsvRow[] } | Refused;

/** The columns and the first rows of a file, read as told. */
export async function readSample(scope: Scope, fileId: string, reading: ReadingSettings): Promise<Sample> {
  try {
    return sampleOf(await firstRows(scope, fileId, reading), reading);
  } catch (error) {
    if (error instanceof CsvProblem) return { ok: false, reason: error.message };
    throw error;
  }
}

async function firstRows(scope: Scope, fileId: string, reading: ReadingSettings): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readRows(readFile(scope, fileId), reading)) {
    rows.push(row);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows;
}

function sampleOf(rows: CsvRow[], { hasHeader }: ReadingSettings): Sample {
  const [first] = rows;
  if (!first) return { ok: false, reason: "The file has no rows: there is nothing in it but blanks." };
  const heading = withoutEmptyEnd(first.cells);
  if (heading.length > MAX_COLUMNS) {
    return { ok: false, reason: `The file has ${heading.length} columns; at most ${MAX_COLUMNS} can be read.` };
  }
  const filled = hasHeader ? rows.slice(1) : rows;
  if (filled.length === 0) return { ok: false, reason: "The file has a heading but no rows under it." };
  return { ok: true, columns: columnNames(heading, hasHeader), rows: filled };
}

/** Spreadsheets write delimiters for columns that were only ever touched. */
function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "");
  return cells.slice(0, last + 1);
}

/** Settings for a file that is read anew: its columns, and where they go at a guess. */
export function settingsFor(
  sample: Extract<Sample, { ok: true }>,
  reading: ReadingSettings & { phoneCountry: string },
  fields: readonly SubjectField[],
): RunSettings {
  const cells = sample.rows.map((row) => row.cells);
  return { ...reading, columns: sample.columns, mapping: guessMapping(sample.columns, cells, fields) };
}
