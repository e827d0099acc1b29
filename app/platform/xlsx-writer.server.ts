/**
 * A workbook of one sheet, written as its rows come (ECMA-376): frozen head, widths, texts as texts, dates as dates.
 * Every value is a text, a number or a date made here: an object given to exceljs could become a formula or a link (`A7.5`).
 */
import { once } from "node:events";
import { PassThrough } from "node:stream";
import exceljs from "exceljs";

export interface XlsxColumn {
  heading: string;
  /** In characters. */
  width: number;
  /**
   * `date`: plain dates (`2026-05-04`) become real ones. `number`: so do numbers, where the sheet's are exactly as the
   * text says. `code`: stays a text when somebody edits it, e.g. `+4420…`.
   */
  type: "text" | "code" | "date" | "number";
  /** There for programs, not shown. */
  hidden?: boolean;
}

/** More than that, and Excel calls the file damaged. */
const MOST_CHARACTERS = 32_767;
/** From here on the calendars of Excel and of everybody else agree (its 1900 has a 29 February). */
const FIRST_DATE = "1900-03-01";
const plainDate = /^\d{4}-\d\d-\d\d$/;

// One object each: exceljs knows a style again by its identity.
const styles = { text: {}, code: { numFmt: "@" }, date: { numFmt: "yyyy-mm-dd" }, number: {} };
const head = { font: { bold: true } };

/** @param pages rows of cells, "" for an empty one; a few hundred at a time are held in memory */
export async function* writeXlsx(
  { sheet, columns }: { sheet: string; columns: readonly XlsxColumn[] },
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array, void> {
  const out = new PassThrough();
  const stop = new AbortController();
  const writing = writeSheet(out, { sheet, columns, pages, signal: stop.signal }).catch((error: Error) => {
    out.destroy(error);
  });
  try {
    for await (const bytes of out) yield bytes as Uint8Array;
  } finally {
    stop.abort();
    await writing;
  }
}

interface Sheet {
  sheet: string;
  columns: readonly XlsxColumn[];
  pages: AsyncIterable<readonly (readonly string[])[]>;
  signal: AbortSignal;
}

async function writeSheet(out: PassThrough, { sheet, columns, pages, signal }: Sheet): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  // What exceljs has for knowing a style again, but does not switch on when it streams: else it is worked out cell by cell.
  (book as unknown as { styles: { weakMap: WeakMap<object, number> } }).styles.weakMap = new WeakMap();
  const page = book.addWorksheet(sheet, { views: [{ state: "frozen", ySplit: 1 }] });
  page.columns = columns.map(({ width, hidden = false }) => ({ width, hidden }));
  const first = page.addRow(columns.map(({ heading }) => heading));
  first.eachCell((cell) => (cell.style = head));
  first.commit();
  for await (const rows of pages) {
    signal.throwIfAborted();
    for (const cells of rows) {
      const row = page.addRow(cells.map((text, place) => valueOf(text, columns[place]?.type)));
      row.eachCell((cell, place) => (cell.style = styles[columns[place - 1]?.type ?? "text"]));
      row.commit();
    }
    await drained(page, signal);
  }
  await book.commit();
}

function valueOf(text: string, type: XlsxColumn["type"] | undefined): string | number | Date | null {
  if (text === "") return null;
  if (type === "date" && plainDate.test(text) && text >= FIRST_DATE) return new Date(`${text}T00:00:00.000Z`);
  if (type === "number" && String(Number(text)) === text) return Number(text);
  return String(text).slice(0, MOST_CHARACTERS);
}

/** exceljs writes on however slowly it is read: what waits to be packed would grow with the list. */
async function drained(page: exceljs.Worksheet, signal: AbortSignal): Promise<void> {
  const { pipes } = (page as unknown as { stream: { pipes: PassThrough[] } }).stream;
  for (const pipe of pipes) if (pipe.writableNeedDrain) await once(pipe, "drain", { signal });
}
