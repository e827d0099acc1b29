import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import PDFDocument from "pdfkit";
import { type Face } from "~/platform/pdf/faces.server";
import { pageNumbers } from "~/platform/pdf/page-numbers.server";
import { type EmbeddedFont } from "~/platform/pdf/embedded-font.server";
import { shapeLine, type ShapedLine, shapeLines, type TextStyle } from "~/platform/pdf/shaped.server";
import { textOperators, type TextPlace } from "~/platform/pdf/text-operators.server";

/**
 * A PDF that is written while it is read: pages go out as they fill, so that memory does not grow with their number.
 * Lengths are points (1/72 inch), measured from the top left corner; black and grey only.
 */
export interface Pdf {
  /** Where what may be written on begins and ends. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Where the next thing goes. */
  y: number;
  newPage(): void;
  line(text: string, style: TextStyle): Promise<ShapedLine>;
  lines(text: string, style: TextStyle & { width: number; atMost?: number }): Promise<ShapedLine[]>;
  /** Puts a line with its baseline at `y`. */
  put(line: ShapedLine, at: TextPlace): void;
  /** A line across the page, from margin to margin where nothing else is said. */
  rule(at: { y: number; from?: number; to?: number; strong?: boolean }): void;
  frame(at: Box): void;
  /** Without a line around them, all in one go, so that a thousand are cheap; black, or as light as `grey` says (1: white). */
  fill(boxes: readonly Box[], options?: { grey?: number }): void;
  /** A PNG or JPEG, kept in the file once however often it is shown. */
  picture(bytes: Buffer): PdfPicture;
  show(picture: PdfPicture, at: Box): void;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `width` and `height` in its own dots. */
export interface PdfPicture {
  width: number;
  height: number;
}

export interface PdfOptions {
  title: string;
  /** BCP 47, of the document's own words. */
  language: string;
  author: string;
  /** An instant; written into the file. */
  madeAt: string;
  /** Width and height in points. */
  size?: readonly [number, number];
  margins?: { top: number; right: number; bottom: number; left: number };
  /** Stands at the foot of each page, with "Page 3 of 12" at its right; absent: neither. */
  footer?: string;
}

export const A4: readonly [number, number] = [595.28, 841.89];
export const A4_ACROSS: readonly [number, number] = [841.89, 595.28];
export const millimetres = (count: number): number => (count * 72) / 25.4;

const defaultMargins = { top: 48, right: 48, bottom: 60, left: 48 };

/** What pdfkit has beside its types; its version is pinned, and the tests read what comes out. */
export type Sheet = PDFKit.PDFDocument & {
  _font: EmbeddedFont;
  page: PDFKit.PDFPage & { fonts: Record<string, unknown>; xobjects: Record<string, unknown> };
};

/**
 * The bytes of a PDF. `draw` yields wherever what is drawn so far may go out: it goes on when that has been taken, and
 * when others have had their turn.
 */
export async function* writePdf(
  options: PdfOptions,
  draw: (pdf: Pdf) => AsyncIterable<void>,
): AsyncGenerator<Uint8Array, void> {
  const sheet = openSheet(options);
  const chunks: Uint8Array[] = [];
  sheet.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const numbers = options.footer === undefined ? null : await pageNumbers(sheet, embedIn(sheet), options.footer);
  for await (const _ of draw(penOn(sheet, options, () => numbers?.write()))) {
    await setImmediate();
    yield* chunks.splice(0);
  }
  numbers?.finish();
  const ended = once(sheet, "end");
  sheet.end();
  await ended;
  yield* chunks;
}

function openSheet({ title, language, author, madeAt }: PdfOptions): Sheet {
  return new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    lang: language,
    displayTitle: true,
    // Else it begins with Helvetica, which has the letters of Western Europe only.
    font: null as unknown as string,
    info: { Title: title, Author: author, Creator: "Tallybook", Producer: "Tallybook", CreationDate: new Date(madeAt) },
  }) as Sheet;
}

const embedded = new WeakMap<Sheet, (face: Face) => EmbeddedFont>();

/** A font's letters within this document: the same font again for the same face. */
function embedIn(sheet: Sheet): (face: Face) => EmbeddedFont {
  const known = embedded.get(sheet);
  if (known) return known;
  const fonts = new Map<Face, EmbeddedFont>();
  const embed = (face: Face) => {
    const found = fonts.get(face);
    if (found) return found;
    sheet.font(face.font as unknown as string, face.id);
    fonts.set(face, sheet._font);
    return sheet._font;
  };
  embedded.set(sheet, embed);
  return embed;
}

function penOn(sheet: Sheet, { size = A4, margins = defaultMargins }: PdfOptions, onPage: () => void): Pdf {
  const embed = embedIn(sheet);
  const [width, height] = size;
  const pdf: Pdf = {
    left: margins.left,
    right: width - margins.right,
    top: margins.top,
    bottom: height - margins.bottom,
    y: margins.top,
    newPage() {
      sheet.addPage({ size: [width, height], margins });
      pdf.y = pdf.top;
      onPage();
    },
    line: (text, style) => shapeLine(embed, text, style),
    lines: (text, style) => shapeLines(embed, text, style),
    put: (line, at) => putLine(sheet, line, at),
    rule({ y, from = pdf.left, to = pdf.right, strong = false }) {
      sheet.addContent(`${strong ? "0.9 w 0 G" : "0.5 w 0.72 G"} ${from} ${y} m ${to} ${y} l S`);
    },
    frame({ x, y, width, height }) {
      sheet.addContent(`0.5 w 0.6 G ${x} ${y} ${width} ${height} re S`);
    },
    fill(boxes, { grey = 0 } = {}) {
      const paths = boxes.map(
        ({ x, y, width, height }) => `${short(x)} ${short(y)} ${short(width)} ${short(height)} re`,
      );
      sheet.addContent(`q ${grey} g ${paths.join(" ")} f Q`);
    },
    picture: (bytes) => (sheet as unknown as { openImage(bytes: Buffer): PdfPicture }).openImage(bytes),
    show(picture, { x, y, width, height }) {
      sheet.image(picture as unknown as Buffer, x, y, { width, height });
    },
  };
  return pdf;
}

/** To the thousandth of a point: the squares of a code must meet. */
function short(length: number): number {
  return Math.round(length * 1_000) / 1_000;
}

export function putLine(sheet: Sheet, line: ShapedLine, at: TextPlace): void {
  for (const { font } of line.runs) sheet.page.fonts[font.id] ??= font.ref();
  sheet.addContent(textOperators(line, at));
}
