import { refusalColumns } from "~/features/pipeline/columns/columns";
import { type RefusedTable, refusedTable } from "~/features/pipeline/corrections/refused-lines.server";
import { csvLine } from "~/platform/csv-line.server";
import { type Scope } from "~/platform/scope.server";
import { writeXlsx } from "~/platform/xlsx-writer.server";

/** The refused rows as files that can be mended and sent again. */

/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";

export interface RefusedFile {
  name: string;
  mediaType: string;
  /** In pieces, never whole in memory. */
  bytes: AsyncGenerator<Uint8Array>;
}

/** Null when there is no such run. */
export async function refusedRowsCsv(scope: Scope, runId: string): Promise<RefusedFile | null> {
  const table = await refusedTable(scope, runId);
  return table && { name: `${table.name}.csv`, mediaType: "text/csv; charset=utf-8", bytes: csvOf(table) };
}

async function* csvOf({ columns, pages }: RefusedTable): AsyncGenerator<Uint8Array> {
  yield Buffer.from(MARK + csvLine(columns));
  for await (const rows of pages) yield Buffer.from(rows.map(csvLine).join(""));
}

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const widths: Readonly<Record<string, number>> = { Line: 8, Column: 16, Value: 24, Reason: 60 };

/** Every cell is a text, and stays one when somebody edits it. Null when there is no such run. */
export async function refusedRowsXlsx(scope: Scope, runId: string): Promise<RefusedFile | null> {
  const table = await refusedTable(scope, runId);
  if (!table) return null;
  const columns = table.columns.map((heading, place) => ({
    heading,
    width: place < refusalColumns.length ? (widths[heading] ?? 20) : 20,
    type: "code" as const,
    hidden: place === table.columns.length - 1,
  }));
  const bytes = writeXlsx({ sheet: "Refused rows", columns }, table.pages);
  return { name: `${table.name}.xlsx`, mediaType: WORKBOOK, bytes };
}
