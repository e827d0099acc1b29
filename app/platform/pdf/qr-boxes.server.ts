import qrcode from "qrcode";
import { type Box } from "~/platform/pdf/pdf.server";

/** A QR code (ISO/IEC 18004) as boxes to fill: as sharp as the printer is. */
export interface QrBoxes {
  boxes: Box[];
  /** Of one square. */
  square: number;
}

/** Squares of white on each side that are part of the code (ISO/IEC 18004, 5.3.8). */
export const QUIET_SQUARES = 4;

/**
 * @param side of the code itself, without the white around it, in points
 *
 * Medium: 15 % may be dirty or folded away.
 */
export function qrBoxes(text: string, { x, y, side }: { x: number; y: number; side: number }): QrBoxes {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
  const { size, data } = modules;
  const square = side / size;
  const boxes: Box[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let start = 0; start < size;) {
      let end = start;
      while (end < size && data[row * size + end]) end += 1;
      if (end > start)
        boxes.push({ x: x + start * square, y: y + row * square, width: (end - start) * square, height: square });
      start = end + 1;
    }
  }
  return { boxes, square };
}
