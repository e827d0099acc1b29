/** Letters as a PDF, one after the other, each beginning on a sheet of its own. */
import { answerWords, type Letter, type LetterFrame } from "~/features/campaigns/letters/letter";
import { drawFirst, type LetterSheet } from "~/features/campaigns/letters/letter-head.server";
import { type LetterLayout } from "~/features/campaigns/letters/letter-layout";
import { type Block } from "~/features/campaigns/letters/letter-text";
import { putRichLine, type RichLine, richLines } from "~/features/campaigns/letters/rich-lines.server";
import { millimetres, type Pdf, type PdfOptions, writePdf } from "~/platform/pdf/pdf.server";
import { QUIET_SQUARES, qrBoxes } from "~/platform/pdf/qr-boxes.server";

const SIZE = 10.5;
const LEADING = 14;
const SMALL = 8;
const PARAGRAPH_GAP = 7;
const INDENT = 16;
/** Of the code itself, without the white around it. */
const QR_SIDE = millimetres(28);

export interface LettersToPrint {
  title: string;
  layout: LetterLayout;
  frame: LetterFrame;
  /** A PNG or JPEG. */
  logo: Buffer | null;
  /** An instant; written into the file. */
  madeAt: string;
}

/** Yields its bytes as pages fill. @param batches some hundred letters at a time */
export function lettersPdf(
  { title, layout, frame, logo, madeAt }: LettersToPrint,
  batches: AsyncIterable<readonly Letter[]>,
): AsyncGenerator<Uint8Array, void> {
  const { paper, margins } = layout;
  const options: PdfOptions = {
    ...{ title, language: frame.campaign.locale, author: frame.firmName, madeAt },
    size: [millimetres(paper.width), millimetres(paper.height)],
    margins: {
      top: millimetres(layout.nextTop),
      right: millimetres(margins.right),
      bottom: millimetres(margins.bottom),
      left: millimetres(margins.left),
    },
  };
  return writePdf(options, async function* (pdf) {
    const sheet: LetterSheet = { pdf, layout, frame, picture: logo && pdf.picture(logo) };
    let count = 0;
    for await (const letters of batches) {
      for (const letter of letters) {
        await drawLetter(sheet, letter);
        // A letter takes some 5 ms; then others have their turn.
        if (++count % 2 === 0) yield;
      }
    }
    // A PDF has at least one page.
    if (count === 0) await drawNone(pdf);
  });
}

async function drawNone(pdf: Pdf): Promise<void> {
  pdf.newPage();
  const line = await pdf.line("There is nobody to write to.", { size: SIZE, weight: "regular" });
  pdf.put(line, { x: pdf.left, y: pdf.top + LEADING, size: SIZE });
}

/** Something of the text that keeps together, and the space above it. */
interface Piece {
  gap: number;
  height: number;
  draw(top: number): void;
  /** A heading stands with what follows it. */
  staysWithNext?: boolean;
}

async function drawLetter(sheet: LetterSheet, letter: Letter): Promise<void> {
  const { pdf, layout } = sheet;
  const pieces = await piecesOf(sheet, letter);
  const pages = pagesOf(pieces, { first: pdf.bottom - millimetres(layout.bodyTop), next: pdf.bottom - pdf.top });
  for (const [index, page] of pages.entries()) {
    pdf.newPage();
    if (index === 0) await drawFirst(sheet, letter);
    let y = index === 0 ? millimetres(layout.bodyTop) : pdf.top;
    for (const [place, { gap, height, draw }] of page.entries()) {
      y += place === 0 ? 0 : gap;
      draw(y);
      y += height;
    }
    if (pages.length > 1) await drawPageNumber(pdf, `Page ${index + 1} of ${pages.length}`);
  }
}

/** What fits on a page stays on it; a heading goes on with its text. */
function pagesOf(pieces: readonly Piece[], { first, next }: { first: number; next: number }): Piece[][] {
  const pages: Piece[][] = [[]];
  let left = first;
  pieces.forEach((piece, at) => {
    const page = pages.at(-1) ?? [];
    const gap = page.length === 0 ? 0 : piece.gap;
    const following = piece.staysWithNext ? pieces[at + 1] : undefined;
    const wanted = gap + piece.height + (following ? following.gap + following.height : 0);
    if (wanted > left && page.length > 0) {
      pages.push([piece]);
      left = next - piece.height;
    } else {
      page.push(piece);
      left -= gap + piece.height;
    }
  });
  return pages;
}

async function drawPageNumber(pdf: Pdf, text: string): Promise<void> {
  const line = await pdf.line(text, { size: SMALL, weight: "regular" });
  pdf.put(line, { x: pdf.right - line.width, y: pdf.bottom + 26, size: SMALL, grey: true });
}

async function piecesOf(sheet: LetterSheet, letter: Letter): Promise<Piece[]> {
  const { subject } = sheet.frame;
  const plain = (text: string, bold = false): Block => ({
    ...{ kind: "paragraph", depth: 0, marker: null, isQuoted: false, isClose: false },
    spans: [{ text, bold, slanted: false }],
  });
  const blocks = [
    ...(subject ? [plain(subject, true)] : []),
    ...(letter.salutation ? [plain(letter.salutation)] : []),
    ...letter.blocks,
  ];
  const pieces: Piece[] = [];
  for (const block of blocks) pieces.push(...(await blockPieces(sheet, block)));
  return [...pieces, await answerPiece(sheet, letter)];
}

async function blockPieces({ pdf }: LetterSheet, block: Block): Promise<Piece[]> {
  const left = pdf.left + block.depth * INDENT;
  const room = pdf.right - left;
  if (block.kind === "rule") {
    return [{ gap: PARAGRAPH_GAP, height: 6, draw: (top) => pdf.rule({ y: top + 3, from: left, to: pdf.right }) }];
  }
  const isHeading = block.kind === "heading";
  const size = isHeading ? SIZE + 1.5 : SIZE;
  const spans = isHeading ? block.spans.map((span) => ({ ...span, bold: true })) : block.spans;
  const lines = await richLines(pdf, spans, { size, width: room });
  const marker = block.marker && (await pdf.line(block.marker, { size, weight: "regular" }));
  const gap = block.isClose ? 0 : isHeading ? PARAGRAPH_GAP * 1.5 : PARAGRAPH_GAP;
  return lines.map((line, index) => ({
    gap: index === 0 ? gap : 0,
    height: LEADING,
    // Nobody likes a first line alone at the foot of a page.
    staysWithNext: isHeading || (index === 0 && lines.length > 2),
    draw(top) {
      if (marker && index === 0) pdf.put(marker, { x: left - marker.width - 5, y: top + SIZE, size });
      if (block.isQuoted) drawQuoteBar(pdf, { x: left - 8, top });
      putRichLine(pdf, line, { x: left, y: top + SIZE, size, room });
    },
  }));
}

function drawQuoteBar(pdf: Pdf, { x, top }: { x: number; top: number }): void {
  pdf.fill([{ x, y: top - 0.5, width: 1, height: LEADING + 0.5 }]);
}

/** The code, and what to do with it beside: as one, so that it never stands alone on two pages. */
async function answerPiece({ pdf, frame }: LetterSheet, { link, code }: Letter): Promise<Piece> {
  const { boxes, square } = qrBoxes(link, { x: 0, y: 0, side: QR_SIDE });
  const quiet = square * QUIET_SQUARES;
  const textLeft = pdf.left + QR_SIDE + quiet + 10;
  const lines: RichLine[] = [];
  for (const text of answerWords(frame, code)) {
    const span = { text, bold: false, slanted: false };
    lines.push(...(await richLines(pdf, [span], { size: SIZE, width: pdf.right - textLeft })));
  }
  return {
    gap: LEADING,
    height: QR_SIDE + 2 * quiet,
    draw(top) {
      // Its left edge stands with the text's; the margin is the white around it.
      pdf.fill(boxes.map((box) => ({ ...box, x: box.x + pdf.left, y: box.y + top + quiet })));
      const first = top + quiet + (QR_SIDE - lines.length * LEADING) / 2 + SIZE;
      lines.forEach((line, index) => {
        putRichLine(pdf, line, { x: textLeft, y: first + index * LEADING, size: SIZE, room: pdf.right - textLeft });
      });
    },
  };
}
