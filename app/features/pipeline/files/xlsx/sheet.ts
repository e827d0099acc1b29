import { MAX_COLUMNS } from "~/features/pipeline/columns/columns";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { MAX_ROW_BYTES, type SourceRow } from "~/features/pipeline/files/source-row";
import { numberText } from "~/features/pipeline/files/xlsx/number-text";
import { isOn, textEar, unescaped, type Workbook } from "~/features/pipeline/files/xlsx/workbook";
import { readXml, type XmlEars } from "~/features/pipeline/files/xlsx/xml-part";
import { DAMAGED } from "~/features/pipeline/files/xlsx/zip-directory";

/** A sheet has no more. */
const MOST_ROWS = 1_048_576;
const ROWS_IN_DISORDER =
  "The sheet is damaged: its rows are not numbered one after the other. Open it in Excel, save it again and upload that file.";

/**
 * The rows of a sheet with anything in them, as texts. Of a formula its result counts, of an error nothing. After each
 * piece those that are complete, be it none.
 */
export async function* readSheet(pieces: AsyncIterable<Buffer>, workbook: Workbook): AsyncGenerator<SourceRow[]> {
  const { ears, taken } = rowEars(workbook);
  for await (const _ of readXml(pieces, ears)) yield taken();
}

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
}

/** Listens for rows; `taken` gives those that are complete, once. */
function rowEars(workbook: Workbook): { ears: XmlEars; taken: () => SourceRow[] } {
  const inline = textEar();
  const rows: SourceRow[] = [];
  let cells: string[] = [];
  let filled = false;
  let line = 0;
  let column = 0;
  let cell: Cell | null = null;
  let inValue = false;

  const opens: Record<string, (attributes: Record<string, string>) => void> = {
    row({ r }) {
      line = lineAfter(line, r);
      cells = [];
      filled = false;
      column = 0;
    },
    c({ r, t = "n", s = "0" }) {
      column = r === undefined ? column + 1 : columnOf(r);
      cell = { column, type: t, style: Number(s), value: "" };
      if (t === "inlineStr") inline.begin();
    },
    v: () => {
      inValue = true;
    },
  };
  const closes: Record<string, () => void> = {
    v: () => {
      inValue = false;
    },
    c() {
      const text = cell ? cellText(cell, cell.type === "inlineStr" ? inline.end() : "", workbook) : "";
      if (text !== "") put(cells, column, text);
      filled ||= text.trim() !== "";
      cell = null;
    },
    row() {
      if (filled) rows.push(rowOf(line, cells));
      filled = false;
    },
  };
  return {
    ears: {
      open(name, attributes) {
        opens[name]?.(attributes);
        if (cell?.type === "inlineStr") inline.open(name);
      },
      text(text) {
        if (inValue && cell) cell.value += text;
        else if (cell?.type === "inlineStr") inline.text(text);
      },
      close(name) {
        if (cell?.type === "inlineStr") inline.close(name);
        closes[name]?.();
      },
    },
    taken: () => rows.splice(0),
  };
}

/** Rows are told apart by their numbers, which may be left out but always grow. */
function lineAfter(last: number, r: string | undefined): number {
  if (r !== undefined && !/^\d{1,7}$/.test(r)) throw new FileProblem(ROWS_IN_DISORDER);
  const line = r === undefined ? last + 1 : Number(r);
  if (line > last && line <= MOST_ROWS) return line;
  throw new FileProblem(ROWS_IN_DISORDER);
}

/** Cells that the sheet leaves out are empty. */
function rowOf(line: number, cells: (string | undefined)[]): SourceRow {
  let length = 0;
  for (let place = 0; place < cells.length; place++) length += (cells[place] ??= "").length;
  if (length <= MAX_ROW_BYTES) return { line, cells: cells as string[] };
  throw new FileProblem(`Row ${line} of the sheet is longer than 1 MB: no row of a list is.`);
}

/** A cell far to the right would take a row as wide: nothing beyond the most columns is kept, or overlooked. */
function put(cells: string[], column: number, text: string): void {
  if (column > MAX_COLUMNS) {
    throw new FileProblem(
      `The sheet has something in column ${column.toLocaleString("en-GB")}; at most ${MAX_COLUMNS} columns can be read. Delete what is not part of the list and upload the file again.`,
    );
  }
  if (column < 1) throw new FileProblem(DAMAGED);
  cells[column - 1] = text;
}

/** "AB12" → 28 */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < 4; at++) {
    const code = reference.charCodeAt(at) & ~0x20;
    if (!(code >= 65 && code <= 90)) break;
    column = column * 26 + code - 64;
  }
  return column;
}

function cellText({ type, style, value }: Cell, inline: string, workbook: Workbook): string {
  if (type === "inlineStr") return inline;
  if (value === "") return "";
  const asText = texts[type];
  return asText ? asText(value, workbook) : numberText(value, workbook.formats[style] ?? { shows: "number" }, workbook);
}

/** By the type of a cell; of any other it is a number. */
const texts: Partial<Record<string, (value: string, workbook: Workbook) => string>> = {
  s: (value, { texts }) => texts.at(Number(value)),
  str: unescaped,
  b: (value) => (isOn(value) ? "yes" : "no"),
  e: () => "",
  d: (value) => value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, "").replace(/^(\d{4}-\d\d-\d\d)T/, "$1 "),
};
