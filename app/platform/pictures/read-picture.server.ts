/**
 * Pictures that people send: judged by their bytes, never by their name or what the browser says of them, and stripped
 * of all that is not seen (where and when a photograph was taken, by whom, previews, whatever hangs behind the end).
 */
import { readJpeg } from "~/platform/pictures/jpeg.server";
import { type PictureReading } from "~/platform/pictures/picture-reading";
import { pngSignature, readPng } from "~/platform/pictures/png.server";

/** What else people take for a picture, by its first bytes. */
const others: readonly [kind: string, mark: RegExp][] = [
  ["GIF", /^GIF8[79]a/],
  ["WebP", /^RIFF[\s\S]{4}WEBP/],
  ["HEIC", /^[\s\S]{4}ftyp(?:heic|heix|mif1|msf1|hevc)/],
  ["AVIF", /^[\s\S]{4}ftypavi/],
  ["TIFF", /^(?:II\*\0|MM\0\*)/],
  ["BMP", /^BM[\s\S]{4}\0\0\0\0/],
  ["PDF", /^%PDF-/],
  ["icon", /^\0\0\x01\0/],
];

/** How far a drawing's or a page's first tag may be from the beginning: declarations and comments come before it. */
const LOOK_BYTES = 4_096;

function kindOf(bytes: Buffer): string | null {
  const start = bytes.toString("latin1", 0, LOOK_BYTES);
  const known = others.find(([, mark]) => mark.test(start));
  if (known) return known[0];
  // UTF-16 has a NUL beside each letter.
  const text = start.replaceAll("\0", "").replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, "");
  if (!text.startsWith("<")) return null;
  return /<(?:\w+:)?svg/i.test(text) ? "SVG" : "HTML";
}

/** The picture as it may be shown to others, or why it may not. */
export async function readPicture(bytes: Buffer): Promise<PictureReading> {
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return readPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpeg(bytes);
  return { ok: false, reason: "no-picture", kind: kindOf(bytes) };
}
