import { columnNames, looksLikeHeader, MAX_COLUMNS } from "~/features/pipeline/columns/columns";
import { guessDelimiter } from "~/features/pipeline/files/delimiter";
import { type FileKind, fileKind } from "~/features/pipeline/files/file-kind";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { inTurns } from "~/features/pipeline/files/in-turns.server";
import { hasHeading, type ReadingSettings } from "~/features/pipeline/draft/run-settings.server";
import { type SourceRow } from "~/features/pipeline/files/source-row";
import { readSource, storedSource } from "~/features/pipeline/files/source.server";
import { type SubjectField } from "~/features/pipeline/subject";
import { encodingProbe, type TextEncoding } from "~/features/pipeline/files/text-encoding";
import { lookAtCards } from "~/features/pipeline/files/vcard/card-rows.server";
import { listSheets, LOOK_SECONDS } from "~/features/pipeline/files/xlsx/sheet-rows.server";
import { readFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";

/** What can be found out about an uploaded file before anybody has said anything about it. */

export type Refused = { ok: false; reason: string };
type Found = { ok: true; reading: ReadingSettings; sample: Extract<Sample, { ok: true }> };

/** Rows looked at to guess by, and to find examples among; of very long rows fewer. */
const SAMPLE_ROWS = 1_000;
const SAMPLE_CHARACTERS = 4_000_000;
export const FIRST_ROWS = 20;
const SAMPLE_BYTES = 64 * 1024;

interface Start {
  kind: FileKind;
  encoding: TextEncoding;
  /** The first bytes as text. */
  text: string;
}

/** How to read the file, at a guess; or why it cannot be read, in a sentence. Reads it once from end to end. */
export async function inspectFile(
  scope: Scope,
  file: { id: string; name: string },
  fields: readonly SubjectField[],
): Promise<Found | Refused> {
  const start = await startOf(scope, file);
  if (!start.ok) return start;
  try {
    const reading = await guesses[start.kind](scope, file.id, start);
    const rows = await firstRows(scope, file.id, reading, SAMPLE_ROWS);
    const hasHeader = looksLikeHeader(rows[0]?.cells ?? [], fields);
    const found: ReadingSettings = reading.format === "vcard" ? reading : { ...reading, hasHeader };
    const sample = sampleOf(rows, found);
    return sample.ok ? { ok: true, reading: found, sample } : sample;
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, reason: error.message };
    throw error;
  }
}

async function startOf(scope: Scope, file: { id: string; name: string }): Promise<({ ok: true } & Start) | Refused> {
  const probe = encodingProbe();
  let bytes: Buffer = Buffer.alloc(0);
  for await (const chunk of inTurns(readFile(scope, file.id))) {
    if (bytes.length < SAMPLE_BYTES) bytes = Buffer.concat([bytes, chunk]).subarray(0, SAMPLE_BYTES);
    probe.add(chunk);
  }
  if (bytes.length === 0) return { ok: false, reason: "The file is empty." };
  const encoding = probe.result();
  const text = new TextDecoder(encoding).decode(bytes);
  const found = fileKind(bytes, { fileName: file.name, text, utf16: encoding.startsWith("utf-16") });
  if (!found.ok) return found;
  return { ...found, encoding, text: bytes.length < SAMPLE_BYTES ? text : wholeLines(text) };
}

/** Without a last line that may be cut in the middle. */
function wholeLines(text: string): string {
  const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  return end < 0 ? text : text.slice(0, end);
}

/** The heading is looked for afterwards. */
const guesses: Record<FileKind, (scope: Scope, fileId: string, start: Start) => Promise<ReadingSettings>> = {
  text: (_scope, _fileId, { encoding, text }) =>
    Promise.resolve({ format: "csv", encoding, delimiter: guessDelimiter(text), hasHeader: false }),
  zip: async (scope, fileId) => {
    const { names, first } = await listSheets(storedSource(scope, fileId));
    if (first === null) throw new FileProblem("The workbook has no rows: there is nothing in its sheets.");
    return { format: "xlsx", sheet: first, sheets: names, hasHeader: false };
  },
  vcard: async (scope, fileId, { encoding }) => {
    const { columns, leftOut } = await lookAtCards(readFile(scope, fileId), encoding);
    if (columns.length === 0) throw new FileProblem("There is nothing in the cards of this file.");
    return { format: "vcard", encoding, columns, ...(leftOut.length > 0 ? { leftOut } : {}) };
  },
};

export type Sample = { ok: true; columns: string[]; rows: SourceRow[] } | Refused;

/** The columns and the first rows of a file, read as told. */
export async function readSample(
  scope: Scope,
  fileId: string,
  reading: ReadingSettings,
  most = SAMPLE_ROWS,
): Promise<Sample> {
  try {
    return sampleOf(await firstRows(scope, fileId, reading, most), reading);
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, reason: error.message };
    throw error;
  }
}

async function firstRows(scope: Scope, fileId: string, reading: ReadingSettings, most: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  let size = 0;
  for await (const row of readSource(storedSource(scope, fileId), reading, LOOK_SECONDS)) {
    rows.push(row);
    for (const cell of row.cells) size += cell.length;
    if (rows.length > most || (rows.length > FIRST_ROWS && size > SAMPLE_CHARACTERS)) break;
  }
  return rows;
}

const nothingInIt: Record<ReadingSettings["format"], string> = {
  csv: "The file has no rows: there is nothing in it but blanks.",
  xlsx: "There is nothing in this sheet. Choose another one.",
  vcard: "There is nothing in the cards of this file.",
};

function sampleOf(rows: SourceRow[], reading: ReadingSettings): Sample {
  const [first] = rows;
  if (!first) return { ok: false, reason: nothingInIt[reading.format] };
  const heading = withoutEmptyEnd(first.cells);
  const width = reading.format === "xlsx" ? widest(rows) : heading.length;
  if (width > MAX_COLUMNS) {
    return { ok: false, reason: `The file has ${width} columns; at most ${MAX_COLUMNS} can be read.` };
  }
  const hasHeader = hasHeading(reading);
  const filled = hasHeader ? rows.slice(1) : rows;
  if (filled.length === 0) return { ok: false, reason: "The file has a heading but no rows under it." };
  const names = Array.from({ length: width }, (_, index) => heading[index] ?? "");
  return { ok: true, columns: columnNames(names, hasHeader), rows: filled };
}

/** Spreadsheets write delimiters for columns that were only ever touched. */
function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "");
  return cells.slice(0, last + 1);
}

/** In a sheet no cell can be shifted, so that a column may well have values and no name. */
function widest(rows: readonly SourceRow[]): number {
  return Math.max(...rows.map(({ cells }) => withoutEmptyEnd(cells).length));
}
