/** Writes one letter's outline as the `glyf` table of TrueType has it (OpenType 1.9, "glyf": simple glyph description). */

export interface Outline {
  commands: { command: string; args: number[] }[];
  bbox: { minX: number; minY: number; maxX: number; maxY: number };
}

interface Point {
  x: number;
  y: number;
  onCurve: boolean;
}

/** The longest form, without instructions; PDF compresses it anyway. An empty outline takes no bytes. */
export function encodeGlyph({ commands, bbox }: Outline): Uint8Array {
  const contours = contoursOf(commands);
  const points = contours.flat();
  if (points.length === 0) return new Uint8Array();

  const bytes = Buffer.alloc(4 * Math.ceil((12 + contours.length * 2 + points.length * 5) / 4));
  let at = 0;
  const write = (number: number) => {
    at = bytes.writeInt16BE(number, at);
  };
  write(contours.length);
  const box = [Math.floor(bbox.minX), Math.floor(bbox.minY), Math.ceil(bbox.maxX), Math.ceil(bbox.maxY)];
  box.forEach(write);
  let last = -1;
  for (const contour of contours) write((last += contour.length));
  write(0);
  for (const { onCurve } of points) at = bytes.writeUInt8(onCurve ? 1 : 0, at);
  differences(points.map(({ x }) => x)).forEach(write);
  differences(points.map(({ y }) => y)).forEach(write);
  return bytes;
}

function differences(numbers: number[]): number[] {
  return numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
}

function contoursOf(commands: Outline["commands"]): Point[][] {
  const contours: Point[][] = [];
  for (const { command, args } of commands) {
    if (command === "moveTo") contours.push([]);
    const contour = contours.at(-1);
    if (!contour || command === "closePath") continue;
    if (command === "bezierCurveTo") throw new Error("TrueType has no cubic curves");
    for (let index = 0; index < args.length; index += 2) {
      // Of a quadratic curve's two points the first is its handle.
      const onCurve = command !== "quadraticCurveTo" || index === 2;
      contour.push({ x: Math.round(args[index] ?? 0), y: Math.round(args[index + 1] ?? 0), onCurve });
    }
  }
  return contours.map(withoutDoubleEnd).filter((contour) => contour.length > 0);
}

/** A contour closes by itself: an end on its beginning is not said twice. */
function withoutDoubleEnd(contour: Point[]): Point[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const isDouble = contour.length > 1 && first?.x === last?.x && first?.y === last?.y && last?.onCurve;
  return isDouble ? contour.slice(0, -1) : contour;
}
