/** A line of a CSV (RFC 4180): cells in quotes where they must be, ended by CRLF; formula-safe as `spreadsheetCell`. */
import { spreadsheetCell } from "~/platform/spreadsheet-cell.server";

const quoted = /[",\r\n]/;

export function csvLine(cells: readonly string[]): string {
  let line = "";
  for (let place = 0; place < cells.length; place++) {
    if (place > 0) line += ",";
    const cell = cells[place];
    if (!cell) continue;
    const text = spreadsheetCell(cell);
    line += quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  return `${line}\r\n`;
}
