import { type Envelope } from "~/features/contacts/print/find-envelope.server";
import {
  envelopeFormats,
  type EnvelopeFormat,
  labelCorner,
  type LabelFormat,
  labelFormats,
  papers,
} from "~/features/contacts/print/post-formats";
import { millimetres, type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { type ShapedLine } from "~/platform/pdf/shaped.server";

/** An envelope or a sheet of labels with one address, in its own size: printed without scaling it fits to the millimetre. */
export function envelopePdf(
  { name, view, lines, sender }: Envelope & { lines: string[] },
  { firm, madeAt }: { firm: string; madeAt: string },
): AsyncGenerator<Uint8Array, void> {
  const { format } = view;
  const paper = format.kind === "envelope" ? envelopeFormats[format.id] : papers[labelFormats[format.id].paper];
  const options = {
    title: `${name} · ${format.kind === "envelope" ? "Envelope" : "Label"}`,
    language: "en-GB",
    author: firm,
    madeAt,
    size: [millimetres(paper.width), millimetres(paper.height)] as const,
    margins: { top: 0, right: 0, bottom: 0, left: 0 },
  };
  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    if (format.kind === "envelope") await drawEnvelope(pdf, envelopeFormats[format.id], lines, sender);
    else await drawLabels(pdf, labelFormats[format.id], lines, view);
    yield;
  });
}

/**
 * The address begins left of the middle and leaves the lower 18 mm free, where sorting machines print their bars (Royal
 * Mail's and Deutsche Post's zones; the American one is 5/8 inch).
 */
async function drawEnvelope(pdf: Pdf, { width, height }: EnvelopeFormat, lines: string[], sender: string | null) {
  const [left, margin, free] = [width * 0.45, 10, 18].map(millimetres) as [number, number, number];
  const style = { size: 12, leading: 15.5 };
  const shaped = await fitted(pdf, lines, { ...style, width: millimetres(width) - left - margin });
  const highest = millimetres(height) - free - shaped.length * style.leading;
  putLines(pdf, shaped, { x: left, y: Math.min(millimetres(height * 0.42), highest), ...style });
  if (!sender) return;
  const senderStyle = { size: 9, leading: 12 };
  const senderLines = await fitted(pdf, [sender], { ...senderStyle, width: millimetres(width / 2) });
  putLines(pdf, senderLines, { x: margin, y: margin, ...senderStyle });
}

/** As large as the label allows, down to 7 points; never over its edge. */
const labelSizes = [11, 10, 9, 8, 7];
const LABEL_MARGIN = 4;

async function drawLabels(
  pdf: Pdf,
  format: LabelFormat,
  lines: string[],
  { row, column, copies }: { row: number; column: number; copies: number },
): Promise<void> {
  const width = millimetres(format.width - 2 * LABEL_MARGIN);
  const height = millimetres(format.height - 2);
  let style = { size: 7, leading: 8.6 };
  let shaped: ShapedLine[] = [];
  for (const size of labelSizes) {
    style = { size, leading: size * 1.23 };
    shaped = await fitted(pdf, lines, { ...style, width });
    if (shaped.length * style.leading <= height) break;
  }
  const kept = shaped.slice(0, Math.floor(height / style.leading));
  const first = (row - 1) * format.columns + column - 1;
  for (let place = first; place < first + copies; place++) {
    const at = { row: Math.floor(place / format.columns) + 1, column: (place % format.columns) + 1 };
    const corner = labelCorner(format, at);
    const above = (millimetres(format.height) - kept.length * style.leading) / 2;
    putLines(pdf, kept, { x: millimetres(corner.x + LABEL_MARGIN), y: millimetres(corner.y) + above, ...style });
  }
}

interface LineStyle {
  size: number;
  leading: number;
}

async function fitted(pdf: Pdf, lines: readonly string[], { size, width }: LineStyle & { width: number }) {
  const broken = await Promise.all(lines.map((line) => pdf.lines(line, { size, weight: "regular", width })));
  return broken.flat();
}

/** `y` is where the first line's box begins; its letters stand three quarters down. */
function putLines(
  pdf: Pdf,
  lines: readonly ShapedLine[],
  { x, y, size, leading }: LineStyle & { x: number; y: number },
) {
  lines.forEach((line, index) => pdf.put(line, { x, y: y + index * leading + leading * 0.78, size }));
}
