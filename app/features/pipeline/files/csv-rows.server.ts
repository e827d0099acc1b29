import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { type Delimiter } from "~/features/pipeline/files/delimiter";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { inTurns } from "~/features/pipeline/files/in-turns.server";
import { MAX_ROW_BYTES, type SourceRow } from "~/features/pipeline/files/source-row";
import { asUtf8, type TextEncoding } from "~/features/pipeline/files/text-encoding";

/** Reads CSV (RFC 4180 and what people send in its name) as a stream: memory stays flat whatever the file's size. */

export interface CsvForm {
  encoding: TextEncoding;
  delimiter: Delimiter;
}

/**
 * The rows in order; blank ones are left out. Line ends may be LF, CRLF or CR, also mixed; a stray quotation mark
 * inside a cell is taken as it is.
 * @throws FileProblem for a quotation mark that is never closed, and for a row of over 1 MB.
 */
export async function* readCsvRows(chunks: AsyncIterable<Uint8Array>, form: CsvForm): AsyncGenerator<SourceRow> {
  const lines = lineCounter();
  const begins: number[] = [];
  let isBefore = true;
  const parser = parse({
    delimiter: form.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    bom: true,
    // Called for each row as it is parsed, so that a failure after it knows how far the parser came.
    on_record(cells, { lines: counted }) {
      const line = lines.next(counted, cells);
      if (cells.every((cell) => cell === "") || (line === 1 && isSeparatorHint(cells))) return null;
      if (isBefore && isComment(cells)) return null;
      isBefore = false;
      begins.push(line);
      return cells;
    },
  });
  const feeding = pipeline(Readable.from(asUtf8(inTurns(chunks), form.encoding)), parser);
  // Its failure also ends the loop below, which is where it is met; this keeps it from being unhandled.
  feeding.catch(() => undefined);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) yield { line: begins.shift() ?? 0, cells };
  } catch (error) {
    throw error instanceof CsvError ? problemOf(error, lines.last() + 1) : error;
  }
}

/** `sep=;` on the first line: Excel's hint to itself. */
function isSeparatorHint(cells: readonly string[]): boolean {
  return /^sep=.?$/i.test(cells[0] ?? "") && cells.slice(1).every((cell) => cell === "");
}

/** Google Analytics writes above its columns what the report is of: "# Start date: 20260501". */
function isComment(cells: readonly string[]): boolean {
  return /^#(?: |-{2}|$)/.test(cells[0] ?? "") && cells.slice(1).every((cell) => cell === "");
}

/** From csv-parse's count, which is of the row's end and takes a CRLF inside quotes for two, to where a row begins. */
function lineCounter() {
  let end = 0;
  let excess = 0;
  return {
    last: () => end,
    next(counted: number, cells: readonly string[]): number {
      if (counted - excess === end + 1) return ++end;
      let breaks = 0;
      for (const cell of cells) {
        const inside = cell.match(/\r\n|\n|\r/g) ?? [];
        breaks += inside.length;
        excess += inside.filter((lineBreak) => lineBreak === "\r\n").length;
      }
      end = counted - excess;
      return end - breaks;
    },
  };
}

function problemOf(error: CsvError, line: number): FileProblem {
  switch (error.code) {
    case "CSV_MAX_RECORD_SIZE":
      return new FileProblem(
        `The row that begins in line ${line} is longer than 1 MB. Look for a quotation mark there that is never closed, or check that the file is a CSV at all.`,
        { cause: error },
      );
    case "CSV_QUOTE_NOT_CLOSED":
      return new FileProblem(
        `A quotation mark opened in or after line ${line} is never closed. Close it or take it out, and upload the file again.`,
        { cause: error },
      );
    default:
      return new FileProblem(`The file cannot be read from line ${line} on. Save it as CSV again and upload it.`, {
        cause: error,
      });
  }
}
