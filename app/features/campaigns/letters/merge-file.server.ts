/** Addresses for letters that somebody else prints: a line a letter, as CSV or as a workbook. */
import { type Letter } from "~/features/campaigns/letters/letter";
import { csvLine } from "~/platform/csv-line.server";
import { withApostrophe } from "~/platform/spreadsheet-cell.server";
import { writeXlsx, type XlsxColumn } from "~/platform/xlsx-writer.server";

/** What stands in the window has seldom more lines. */
const ADDRESS_LINES = 8;

const text = (heading: string, width: number): XlsxColumn => ({ heading, width, type: "text" });

const columns: readonly XlsxColumn[] = [
  text("Name", 30),
  text("Salutation", 30),
  ...Array.from({ length: ADDRESS_LINES }, (_, index) => text(`Address line ${index + 1}`, 28)),
  { heading: "Code", width: 16, type: "code" },
  text("Link", 60),
  { heading: "Tallybook ID", width: 38, type: "text" },
];

/** A letter whose text greets by itself has the salutation all the same: the file is merged with another text. */
export type MergeLine = Letter & { salutation: string };

function cellsOf({ name, salutation, address, code, link, contactId }: MergeLine): string[] {
  const lines = [...address];
  // What does not fit stands on the last.
  const last = lines.splice(ADDRESS_LINES - 1).join(", ");
  const all = Array.from({ length: ADDRESS_LINES - 1 }, (_, index) => lines[index] ?? "");
  return [name, salutation, ...all, last, code ?? "", link, contactId];
}

/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";

export async function* mergeCsv(batches: AsyncIterable<readonly MergeLine[]>): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(MARK + csvLine(columns.map(({ heading }) => heading)));
  for await (const letters of batches) yield Buffer.from(letters.map((letter) => csvLine(cellsOf(letter))).join(""));
}

export function mergeXlsx(batches: AsyncIterable<readonly MergeLine[]>): AsyncGenerator<Uint8Array, void> {
  async function* pages() {
    for await (const letters of batches) yield letters.map((letter) => cellsOf(letter).map(withApostrophe));
  }
  return writeXlsx({ sheet: "Letters", columns }, pages());
}
