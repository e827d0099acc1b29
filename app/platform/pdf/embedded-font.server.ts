import { type Font, type Glyph } from "fontkit";

/** What pdfkit makes of a font in a document; not in its types, so its version is pinned, and the tests read the files. */
export interface EmbeddedFont {
  id: string;
  font: Font;
  /** Only the letters that are used go into the file: numbered anew, in the order of their use. */
  subset: { includeGlyph(glyph: number): number };
  /** By the new numbers, in thousandths of the size. */
  widths: number[];
  /** By the new numbers: what a letter says to whoever copies or searches the text. */
  unicode: number[][];
  ref(): unknown;
}

/** A letter in its place; lengths in thousandths of the size. */
export interface PlacedGlyph {
  /** Its number in the file, four hexadecimal digits. */
  code: string;
  advance: number;
  /** As the font's table of widths has it, without kerning. */
  plainAdvance: number;
  xOffset: number;
  yOffset: number;
}

const MOST_KEPT = 20_000;
const kept = new WeakMap<EmbeddedFont, Map<string, readonly PlacedGlyph[]>>();

/** The letters of a text in one font. `isPlain`: its words stand by themselves, as those of Latin do. */
export function placeGlyphs(embedded: EmbeddedFont, text: string, isPlain: boolean): PlacedGlyph[] {
  const known = kept.get(embedded) ?? new Map<string, readonly PlacedGlyph[]>();
  kept.set(embedded, known);
  // Asking the font takes some 0.3 ms, and a list says the same words, and the same ten figures, again and again.
  const parts = isPlain ? (text.match(/\p{L}+|\P{L}/gu) ?? []) : [text];
  return parts.flatMap((part) => {
    const found = known.get(part);
    if (found) return found;
    const placed = askFont(embedded, part);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(part, placed);
    return placed;
  });
}

function askFont(embedded: EmbeddedFont, text: string): PlacedGlyph[] {
  const { font, subset, widths, unicode } = embedded;
  const scale = 1000 / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  return glyphs.map((glyph, index) => {
    const number = subset.includeGlyph(glyph.id);
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    widths[number] ??= glyph.advanceWidth * scale;
    unicode[number] ??= Array.from(meaning(font, glyph), (sign) => sign.codePointAt(0) ?? 0);
    return {
      code: number.toString(16).padStart(4, "0"),
      advance: xAdvance * scale,
      plainAdvance: glyph.advanceWidth * scale,
      xOffset: xOffset * scale,
      yOffset: yOffset * scale,
    };
  });
}

/**
 * What a glyph stands for. Where a font draws one letter with two (ị as i and a dot below), the first must not be
 * taken for the whole: it stands for whatever else it is drawn for.
 */
function meaning(font: Font, glyph: Glyph): string {
  const asked = String.fromCodePoint(...glyph.codePoints);
  const own = font.stringsForGlyph(glyph.id);
  if (own.length === 0 || own.includes(asked)) return asked;
  const isPart = Array.from(asked.normalize("NFD")).length !== 1;
  return isPart ? (own[0] ?? "").normalize("NFKC") : asked;
}
