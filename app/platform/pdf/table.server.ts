import { setImmediate } from "node:timers/promises";
import { type Pdf } from "~/platform/pdf/pdf.server";
import { type ShapedLine } from "~/platform/pdf/shaped.server";

export interface PdfColumn<Row> {
  label: string;
  /** How much of the width, in proportion to the others. */
  share: number;
  cell: (row: Row) => string;
  /** In small grey letters under the cell. */
  under?: (row: Row) => string;
}

const SIZE = 8.5;
const LEADING = 11;
const GAP = 8;
/** Of a cell and of what stands under it; more is cut with "…". */
const MOST_LINES = 5;
/** After so many rows others have their turn: some 5 ms. */
const ROWS_AT_ONCE = 10;

/** A table over as many pages as it takes, its head on each. Yields after each batch. */
export async function* drawTable<Row>(
  pdf: Pdf,
  columns: readonly PdfColumn<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<void, void> {
  const places = placesOf(pdf, columns);
  const head = await Promise.all(
    columns.map(({ label }, index) =>
      pdf.lines(label, { size: SIZE, weight: "bold", width: places[index]?.width ?? 0, atMost: 2 }),
    ),
  );
  drawHead(pdf, head, places);
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      await drawRow(pdf, await cellsOf(pdf, columns, row, places), () => drawHead(pdf, head, places), places);
      if (++rows % ROWS_AT_ONCE === 0) await setImmediate();
    }
    yield;
  }
}

interface CellPlace {
  x: number;
  width: number;
}

function placesOf(pdf: Pdf, columns: readonly PdfColumn<never>[]): CellPlace[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let x = pdf.left;
  return columns.map(({ share }) => {
    const place = { x, width: ((pdf.right - pdf.left) * share) / shares - GAP };
    x += place.width + GAP;
    return place;
  });
}

function drawHead(pdf: Pdf, head: readonly ShapedLine[][], places: readonly CellPlace[]): void {
  const lines = Math.max(1, ...head.map((cell) => cell.length));
  head.forEach((cell, index) => {
    // On the bottom line: a head of one line stands beside the last of two.
    const first = pdf.y + LEADING * (lines - cell.length + 1);
    cell.forEach((line, row) => pdf.put(line, { x: places[index]?.x ?? 0, y: first + row * LEADING, size: SIZE }));
  });
  pdf.y += lines * LEADING + 5;
  pdf.rule({ y: pdf.y, strong: true });
}

interface Cell {
  lines: ShapedLine[];
  under: ShapedLine[];
}

async function cellsOf<Row>(
  pdf: Pdf,
  columns: readonly PdfColumn<Row>[],
  row: Row,
  places: readonly CellPlace[],
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [index, { cell, under }] of columns.entries()) {
    const style = { weight: "regular", width: places[index]?.width ?? 0, atMost: MOST_LINES } as const;
    const [text, small] = [cell(row), under?.(row) ?? ""];
    cells.push({
      lines: text ? await pdf.lines(text, { ...style, size: SIZE }) : [],
      under: small ? await pdf.lines(small, { ...style, size: SIZE - 1 }) : [],
    });
  }
  return cells;
}

async function drawRow(pdf: Pdf, cells: readonly Cell[], head: () => void, places: readonly CellPlace[]) {
  const lines = Math.max(1, ...cells.map((cell) => cell.lines.length + cell.under.length));
  const height = lines * LEADING + 5;
  if (pdf.y + height > pdf.bottom) {
    pdf.newPage();
    head();
  }
  cells.forEach((cell, index) => {
    const x = places[index]?.x ?? 0;
    cell.lines.forEach((line, row) => pdf.put(line, { x, y: pdf.y + (row + 1) * LEADING, size: SIZE }));
    cell.under.forEach((line, row) => {
      pdf.put(line, { x, y: pdf.y + (cell.lines.length + row + 1) * LEADING, size: SIZE - 1, grey: true });
    });
  });
  pdf.y += height;
  pdf.rule({ y: pdf.y });
}
