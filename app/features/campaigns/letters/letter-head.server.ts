/** A letter's first page above its text. */
import { fittedLines, putFitted } from "~/features/campaigns/letters/fitted-lines.server";
import { type Letter, type LetterFrame, senderLine } from "~/features/campaigns/letters/letter";
import { type LetterLayout } from "~/features/campaigns/letters/letter-layout";
import { millimetres, type Pdf, type PdfPicture } from "~/platform/pdf/pdf.server";

const LOGO = { width: millimetres(50), height: millimetres(18) };

export interface LetterSheet {
  pdf: Pdf;
  layout: LetterLayout;
  frame: LetterFrame;
  picture: PdfPicture | null;
}

/** What stands on the first page only: the firm, the date, the window and the marks of folding. */
export async function drawFirst(sheet: LetterSheet, letter: Letter): Promise<void> {
  const { pdf, layout, frame } = sheet;
  for (const fold of layout.folds) pdf.rule({ y: millimetres(fold), from: millimetres(4), to: millimetres(9) });
  await drawHead(sheet);
  const { address, sender } = layout;
  const [left, width] = [millimetres(address.left), millimetres(address.width)];
  const line = await fittedLine(pdf, senderLine(frame, letter.code), { width, sizes: [7, 6.5, 6, 5.5, 5] });
  pdf.put(line.line, { x: left, y: millimetres(sender.top), size: line.size });
  pdf.rule({ y: millimetres(sender.top) + 2.5, from: left, to: left + width });
  const fitted = await fittedLines(pdf, letter.address, { width, height: millimetres(address.height) });
  putFitted(pdf, fitted, { x: left, y: millimetres(address.top) });
}

/** As large as fits on one line; the smallest is cut with "…". */
async function fittedLine(pdf: Pdf, text: string, { width, sizes }: { width: number; sizes: readonly number[] }) {
  for (const size of sizes) {
    const line = await pdf.line(text, { size, weight: "regular" });
    if (line.width <= width) return { line, size };
  }
  const size = sizes.at(-1) ?? 5;
  const [line] = await pdf.lines(text, { size, weight: "regular", width, atMost: 1 });
  return { line: line ?? { runs: [], width: 0 }, size };
}

async function drawHead({ pdf, layout, frame, picture }: LetterSheet): Promise<void> {
  const left = millimetres(layout.head.left);
  const width = millimetres(layout.head.width);
  let y = millimetres(layout.head.top);
  if (picture) {
    const scale = Math.min(LOGO.width / picture.width, LOGO.height / picture.height, 1);
    const [shown, high] = [picture.width * scale, picture.height * scale];
    pdf.show(picture, { x: left, y, width: shown, height: high });
    y += high + 6;
  }
  const texts = [
    { text: frame.firmName, weight: "bold" as const },
    ...frame.firmAddress.map((text) => ({ text, weight: "regular" as const })),
    { text: "", weight: "regular" as const },
    { text: frame.date, weight: "regular" as const },
  ];
  for (const { text, weight } of texts) {
    if (text === "") y += 6;
    for (const line of text === "" ? [] : await pdf.lines(text, { size: 9, weight, width })) {
      pdf.put(line, { x: left, y: (y += 12), size: 9 });
    }
  }
}
