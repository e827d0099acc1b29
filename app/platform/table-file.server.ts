/** A table as a file, written as its rows come: CSV (safe in a spreadsheet) or a workbook. */
import { csvLine } from "~/platform/csv-line.server";
import { writeXlsx, type XlsxColumn } from "~/platform/xlsx-writer.server";

export type FileEnding = "csv" | "xlsx";

export interface TableFile {
  name: string;
  mediaType: string;
  /** In pieces, never whole in memory. */
  bytes: AsyncGenerator<Uint8Array>;
}

/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";
const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Pages = AsyncIterable<readonly (readonly string[])[]>;

/** @param title of the sheet: at most 31 characters, without `[]:*?/\` */
export function fileOf(
  { name, title, columns }: { name: string; title: string; columns: readonly XlsxColumn[] },
  pages: Pages,
  ending: FileEnding,
): TableFile {
  if (ending === "xlsx") {
    return { name: `${name}.xlsx`, mediaType: WORKBOOK, bytes: writeXlsx({ sheet: title, columns }, pages) };
  }
  const headings = columns.map(({ heading }) => heading);
  return { name: `${name}.csv`, mediaType: "text/csv; charset=utf-8", bytes: csvOf(headings, pages) };
}

async function* csvOf(headings: readonly string[], pages: Pages): AsyncGenerator<Uint8Array> {
  yield Buffer.from(MARK + csvLine(headings));
  for await (const rows of pages) yield Buffer.from(rows.map(csvLine).join(""));
}
