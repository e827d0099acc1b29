/** Addresses on sheets of labels, to the millimetre when they are printed without scaling. */
import { fittedLines, putFitted } from "~/features/campaigns/letters/fitted-lines.server";
import { labelCorner, type LabelFormat, papers } from "~/features/contacts/print/post-formats";
import { millimetres, type Pdf, writePdf } from "~/platform/pdf/pdf.server";

const MARGIN = 4;
/** After so many others have their turn. */
const AT_ONCE = 10;

export interface LabelsToPrint {
  title: string;
  firm: string;
  format: LabelFormat;
  /** The first label that is still on the sheet, from 1; the following sheets are whole. */
  start: number;
  /** An instant; written into the file. */
  madeAt: string;
}

/** @param batches the lines of some hundred addresses at a time */
export function labelsPdf(
  { title, firm, format, start, madeAt }: LabelsToPrint,
  batches: AsyncIterable<readonly string[][]>,
): AsyncGenerator<Uint8Array, void> {
  const paper = papers[format.paper];
  const options = {
    ...{ title, language: "en-GB", author: firm, madeAt },
    size: [millimetres(paper.width), millimetres(paper.height)] as const,
    margins: { top: 0, right: 0, bottom: 0, left: 0 },
  };
  const perSheet = format.columns * format.rows;
  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    let place = Math.min(start, perSheet) - 1;
    for await (const addresses of batches) {
      for (const lines of addresses) {
        if (place === perSheet) {
          pdf.newPage();
          place = 0;
        }
        await drawLabel(pdf, format, { lines, place: place++ });
        if (place % AT_ONCE === 0) yield;
      }
    }
  });
}

async function drawLabel(
  pdf: Pdf,
  format: LabelFormat,
  { lines, place }: { lines: readonly string[]; place: number },
): Promise<void> {
  const corner = labelCorner(format, {
    row: Math.floor(place / format.columns) + 1,
    column: (place % format.columns) + 1,
  });
  const width = millimetres(format.width - 2 * MARGIN);
  const fitted = await fittedLines(pdf, lines, { width, height: millimetres(format.height - 2) });
  const above = (millimetres(format.height) - fitted.lines.length * fitted.leading) / 2;
  putFitted(pdf, fitted, { x: millimetres(corner.x + MARGIN), y: millimetres(corner.y) + above });
}
