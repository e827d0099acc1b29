/** JPEG (ITU-T T.81): read segment by segment, with only what is needed to show the picture kept. */
import { exifOrientation, orientationSegment } from "~/platform/pictures/exif-orientation.server";
import { damaged, MAX_PIXELS_A_SIDE, type PictureReading } from "~/platform/pictures/picture-reading";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP14 = 0xee;
/** DHT, DAC, DQT, DNL, DRI. All other segments go, but for the two below: comments, Exif with its places, previews, profiles. */
const tables = new Set([0xc4, 0xcc, 0xdb, 0xdc, 0xdd]);
/** Baseline, extended and progressive, Huffman or arithmetic: what browsers show. */
const frames = new Set([0xc0, 0xc1, 0xc2]);
const otherFrames = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** A progressive picture has ten or so; each costs a walk through all of it. */
const MOST_SCANS = 64;

interface Segment {
  marker: number;
  /** Without marker and length. */
  data: Buffer;
  /** As it stands in the file; of a scan with all that was coded. */
  whole: Buffer;
}

/** Where the coded data that begin at `at` end: at the next marker that is no restart and no stuffed byte. */
function endOfScan(bytes: Buffer, at: number): number {
  for (let next = at; ; next += 2) {
    next = bytes.indexOf(0xff, next);
    if (next < 0) return bytes.length;
    const marker = bytes[next + 1] ?? 0;
    if (marker !== 0 && !(marker >= 0xd0 && marker <= 0xd7)) return next;
  }
}

/** The segment that begins at `at`, with what was coded behind it; null when it is cut off or none. */
function segmentAt(bytes: Buffer, at: number): Segment | null {
  const marker = bytes[at + 1] ?? 0;
  if (at + 4 > bytes.length || marker === SOI) return null;
  const length = bytes.readUInt16BE(at + 2);
  const end = at + 2 + length;
  if (length < 2 || end > bytes.length) return null;
  const after = marker === SOS ? endOfScan(bytes, end) : end;
  return { marker, data: bytes.subarray(at + 4, end), whole: bytes.subarray(at, after) };
}

/** The segments between SOI and EOI, or null when one is cut off. What follows EOI is no part of the picture. */
function segmentsOf(bytes: Buffer): Segment[] | null {
  const segments: Segment[] = [];
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === EOI) return segments;
    // More than one 0xff may stand before a marker.
    const segment = marker === 0xff ? null : segmentAt(bytes, at);
    if (marker !== 0xff && segment === null) return null;
    if (segment) segments.push(segment);
    at += segment?.whole.length ?? 1;
  }
  return null;
}

function sizeOf(segments: Segment[]): { width: number; height: number } | null {
  const heads = segments.filter(({ marker }) => frames.has(marker));
  const [head] = heads;
  if (!head || heads.length > 1 || segments.some(({ marker }) => otherFrames.has(marker))) return null;
  const { data } = head;
  const components = data[5] ?? 0;
  if (data.length !== 6 + 3 * components || ![1, 3, 4].includes(components)) return null;
  const [height, width] = [data.readUInt16BE(1), data.readUInt16BE(3)];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** Adobe's mark tells how the colours of a picture for print are turned; without it they come out as a negative. */
const isAdobe = ({ marker, data }: Segment) => marker === APP14 && data.toString("latin1", 0, 5) === "Adobe";

const isShown = (segment: Segment) =>
  tables.has(segment.marker) || frames.has(segment.marker) || segment.marker === SOS || isAdobe(segment);

/** Every scan holds something, and there are not so many that walking through them all is work. */
function hasScans(segments: Segment[]): boolean {
  const scans = segments.filter(({ marker }) => marker === SOS);
  const areFull = scans.every(({ data, whole }) => whole.length > data.length + 4);
  return areFull && scans.length > 0 && scans.length <= MOST_SCANS;
}

export function readJpeg(bytes: Buffer): PictureReading {
  const segments = segmentsOf(bytes);
  const size = segments && sizeOf(segments);
  if (!segments || !size || !hasScans(segments)) return damaged;
  if (Math.max(size.width, size.height) > MAX_PIXELS_A_SIDE) return { ok: false, reason: "too-wide", ...size };
  const clean = segments.filter(isShown).map(({ whole }) => whole);
  const whole = [Buffer.from([0xff, SOI]), ...turnOf(segments), ...clean, Buffer.from([0xff, EOI])];
  return { ok: true, mediaType: "image/jpeg", ...size, bytes: Buffer.concat(whole) };
}

/** Which way round it is, if that is said. */
function turnOf(segments: Segment[]): Buffer[] {
  const said = segments.filter(({ marker }) => marker === APP1).map(({ data }) => exifOrientation(data));
  const orientation = said.find((orientation) => orientation !== null);
  return orientation ? [orientationSegment(orientation)] : [];
}
