import { type Pdf } from "~/platform/pdf/pdf.server";
import { type ShapedLine } from "~/platform/pdf/shaped.server";

export interface FittedLines {
  lines: ShapedLine[];
  size: number;
  leading: number;
}

const sizes = [11, 10, 9, 8, 7] as const;

/** Lines of an address as large as a box allows; never outside of it. In points. */
export async function fittedLines(
  pdf: Pdf,
  texts: readonly string[],
  { width, height }: { width: number; height: number },
): Promise<FittedLines> {
  let fitted: FittedLines = { lines: [], size: 7, leading: 8.6 };
  for (const size of sizes) {
    const leading = size * 1.22;
    const lines = await Promise.all(texts.map((text) => pdf.lines(text, { size, weight: "regular", width })));
    fitted = { lines: lines.flat(), size, leading };
    if (fitted.lines.length * leading <= height) return fitted;
  }
  return { ...fitted, lines: fitted.lines.slice(0, Math.floor(height / fitted.leading)) };
}

/** @param y where the first line's box begins; its letters stand four fifths down */
export function putFitted(pdf: Pdf, { lines, size, leading }: FittedLines, { x, y }: { x: number; y: number }): void {
  lines.forEach((line, index) => pdf.put(line, { x, y: y + index * leading + leading * 0.8, size }));
}
