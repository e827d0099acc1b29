import { type Weight } from "~/platform/pdf/font-files.server";
import { type Face } from "~/platform/pdf/faces.server";
import { type EmbeddedFont, placeGlyphs, type PlacedGlyph } from "~/platform/pdf/embedded-font.server";
import { brokenLines, shortened } from "~/platform/pdf/line-breaks.server";
import { drawable, runsOf } from "~/platform/pdf/runs.server";

/** Letters placed on a line, and the lines that a text makes in a width. All lengths in points. */

export interface ShapedRun {
  font: EmbeddedFont;
  glyphs: PlacedGlyph[];
  width: number;
}

export interface ShapedLine {
  runs: ShapedRun[];
  width: number;
}

export interface TextStyle {
  size: number;
  weight: Weight;
}

export type Embed = (face: Face) => EmbeddedFont;

/** One line, however long. */
export async function shapeLine(embed: Embed, text: string, { size, weight }: TextStyle): Promise<ShapedLine> {
  const runs = (await runsOf(drawable(text), weight)).map(({ text, face, isPlain }) => {
    const font = embed(face);
    const glyphs = placeGlyphs(font, text, isPlain);
    return { font, glyphs, width: (glyphs.reduce((sum, { advance }) => sum + advance, 0) * size) / 1000 };
  });
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
}

/** The lines of a text in a width; a line break in it is kept. Of more than `atMost` the last ends with "…". */
export async function shapeLines(
  embed: Embed,
  text: string,
  style: TextStyle & { width: number; atMost?: number },
): Promise<ShapedLine[]> {
  const { width, atMost = Infinity } = style;
  const measure = async (part: string) => (await shapeLine(embed, part, style)).width;
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|\r|\n/)) {
    if (lines.length > atMost) break;
    lines.push(...(await brokenLines(drawable(paragraph).trimEnd(), width, measure)));
  }
  const kept = lines.slice(0, atMost);
  if (lines.length > atMost) kept[atMost - 1] = await shortened(kept[atMost - 1] ?? "", width, measure);
  return Promise.all(kept.map((line) => shapeLine(embed, line, style)));
}
