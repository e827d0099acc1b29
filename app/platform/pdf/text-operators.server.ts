import { type PlacedGlyph } from "~/platform/pdf/embedded-font.server";
import { type ShapedLine } from "~/platform/pdf/shaped.server";

export interface TextPlace {
  x: number;
  y: number;
  size: number;
  grey?: boolean;
  /** Leaning to the right: what stands for italics, in every script. */
  slanted?: boolean;
}

/** A shaped line in PDF's own words (ISO 32000-1, 9.4), on a page whose y runs downwards. */
export function textOperators({ runs }: ShapedLine, { x, y, size, grey = false, slanted = false }: TextPlace): string {
  const words = [grey ? "0.36 g" : "0 g", "BT"];
  let left = x;
  for (const { font, glyphs, width } of runs) {
    words.push(`/${font.id} ${size} Tf`);
    words.push(...pieces(glyphs, { x: left, y, size, slanted }));
    left += width;
  }
  return [...words, "ET"].join(" ");
}

/** Letters that follow one another in one go; each that a font moves from its place (a mark above) by itself. */
function pieces(glyphs: readonly PlacedGlyph[], { x, y, size, slanted = false }: TextPlace): string[] {
  const matrix = slanted ? leaning : upright;
  const scale = size / 1000;
  const words: string[] = [];
  let pen = 0;
  let start = 0;
  let open = "";
  const close = () => {
    if (open) words.push(`${matrix(x + start * scale, y)} [<${open}>] TJ`);
    open = "";
  };
  for (const { code, advance, plainAdvance, xOffset, yOffset } of glyphs) {
    if (xOffset !== 0 || yOffset !== 0) {
      close();
      words.push(`${matrix(x + (pen + xOffset) * scale, y - yOffset * scale)} <${code}> Tj`);
    } else {
      if (!open) start = pen;
      open += code;
      // A positive number goes back, a negative one on.
      if (Math.abs(advance - plainAdvance) > 0.5) open += `> ${round(plainAdvance - advance)} <`;
    }
    pen += advance;
  }
  close();
  return words;
}

/** The page is turned upside down, so that y runs downwards: letters are turned back. */
function upright(x: number, y: number): string {
  return `1 0 0 -1 ${round(x)} ${round(y)} Tm`;
}

/** By 12 degrees, as most italics do. */
function leaning(x: number, y: number): string {
  return `1 0 0.21 -1 ${round(x)} ${round(y)} Tm`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
