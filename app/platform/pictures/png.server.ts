/** PNG (W3C PNG, third edition): read chunk by chunk, with only what is needed to show the picture kept. */
import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";
import { damaged, MAX_PIXELS_A_SIDE, type PictureReading } from "~/platform/pictures/picture-reading";

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** All else goes: texts, times, Exif with its places, colour profiles, the further frames of an animation. */
const kept = new Set(["IHDR", "PLTE", "tRNS", "sRGB", "gAMA", "cHRM", "IDAT", "IEND"]);

/** Samples a pixel by colour type, and the depths it may have. */
const kinds: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

interface Chunk {
  type: string;
  data: Buffer;
  /** With length and check sum, as it stands in the file. */
  whole: Buffer;
}

/** The chunks up to IEND, or null when one is cut off or its check sum is wrong. What follows IEND is no part of it. */
function chunksOf(bytes: Buffer): Chunk[] | null {
  const chunks: Chunk[] = [];
  let at = pngSignature.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const named = bytes.subarray(at + 4, end - 4);
    if (crc32(named) !== bytes.readUInt32BE(end - 4)) return null;
    const chunk = { type: named.toString("latin1", 0, 4), data: named.subarray(4), whole: bytes.subarray(at, end) };
    chunks.push(chunk);
    if (chunk.type === "IEND") return chunks;
    at = end;
  }
  return null;
}

interface Head {
  width: number;
  height: number;
  bitsPerPixel: number;
  colourType: number;
  isInterlaced: boolean;
}

type HeadBytes = [depth: number, colourType: number, compression: number, filter: number, interlace: number];

function headOf(first: Chunk | undefined): Head | null {
  if (first?.type !== "IHDR" || first.data.length !== 13) return null;
  const [depth, colourType, compression, filter, interlace] = [...first.data.subarray(8)] as HeadBytes;
  const kind = kinds[colourType];
  if (!kind?.depths.includes(depth) || compression + filter !== 0 || interlace > 1) return null;
  const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
  if (width === 0 || height === 0) return null;
  return { width, height, bitsPerPixel: kind.samples * depth, colourType, isInterlaced: interlace === 1 };
}

/** Adam7: where each pass begins and in which steps it goes on. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** How many bytes the picture data are once inflated: a filter byte and the pixels for each line. */
function inflatedSize({ width, height, bitsPerPixel, isInterlaced }: Head): number {
  const size = (columns: number, lines: number) =>
    columns === 0 ? 0 : lines * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  if (!isInterlaced) return size(width, height);
  const steps = (length: number, start: number, step: number) => Math.max(0, Math.ceil((length - start) / step));
  return passes.reduce((sum, [x, y, dx, dy]) => sum + size(steps(width, x, dx), steps(height, y, dy)), 0);
}

const inflateBytes = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/** Whether the data are all there and no more: a bomb ends at the size that its header states. */
async function isWhole(head: Head, data: Buffer): Promise<boolean> {
  const expected = inflatedSize(head);
  return inflateBytes(data, { maxOutputLength: expected }).then(
    (pixels) => pixels.length === expected,
    () => false,
  );
}

export async function readPng(bytes: Buffer): Promise<PictureReading> {
  const chunks = chunksOf(bytes);
  const head = headOf(chunks?.[0]);
  if (!chunks || !head) return damaged;
  const { width, height } = head;
  if (Math.max(width, height) > MAX_PIXELS_A_SIDE) return { ok: false, reason: "too-wide", width, height };
  const named = (type: string) => chunks.filter((chunk) => chunk.type === type);
  const isComplete = head.colourType !== 3 || named("PLTE").length === 1;
  if (!isComplete || named("IHDR").length > 1) return damaged;
  const data = Buffer.concat(named("IDAT").map((chunk) => chunk.data));
  if (!(await isWhole(head, data))) return damaged;
  const clean = chunks.filter(({ type }) => kept.has(type)).map(({ whole }) => whole);
  return { ok: true, mediaType: "image/png", width, height, bytes: Buffer.concat([pngSignature, ...clean]) };
}
