/** The one fact of Exif (CIPA DC-008) that is needed to show a picture: which way round it is. */

const PREFIX = "Exif\0\0";
const ORIENTATION = 0x0112;
const SHORT = 3;

/** 2 to 8 where the first directory of an APP1 segment says that the picture is turned or mirrored, else null. */
export function exifOrientation(segment: Buffer): number | null {
  if (segment.toString("latin1", 0, PREFIX.length) !== PREFIX) return null;
  const tiff = segment.subarray(PREFIX.length);
  const order = tiff.toString("latin1", 0, 2);
  if (tiff.length < 8 || !["II", "MM"].includes(order)) return null;
  const value = orientationIn(tiff, order === "II");
  return value >= 2 && value <= 8 ? value : null;
}

/** 0 where the first directory names none. */
function orientationIn(tiff: Buffer, isLittle: boolean): number {
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return 0;
  const entries = Math.min(short(directory), Math.floor((tiff.length - directory - 2) / 12));
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (short(at) === ORIENTATION && short(at + 2) === SHORT) return short(at + 8);
  }
  return 0;
}

/** A whole APP1 segment that says this and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + PREFIX.length + tiff.length]);
  return Buffer.concat([head, Buffer.from(PREFIX, "latin1"), tiff]);
}
