import { FileProblem } from "~/features/pipeline/files/file-problem";

/** The table of contents at the end of a ZIP file (APPNOTE.TXT 6.3, 4.3), checked before anything is unpacked. */

export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  packedBytes: number;
  /** As the file declares; what really comes out is counted, too. */
  bytes: number;
  headerAt: number;
}

/** Reads up to `length` bytes from a place on. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

export const MOST_ENTRIES = 200;
export const MOST_UNPACKED_BYTES = 200 * 1024 * 1024;
export const MOST_TIMES_LARGER = 100;
const MOST_DIRECTORY_BYTES = 1024 * 1024;
/** The last record and the longest comment after it. */
const TAIL_BYTES = 22 + 65_535;

export const DAMAGED =
  "This workbook is damaged or was cut off on its way. Open it in Excel, save it again and upload that file.";
const BOMB =
  "This workbook unpacks to far more than a list of contacts can be. Copy the list alone into a new workbook and upload that.";

/** @throws FileProblem for what is no whole ZIP file, is encrypted, or unpacks to more than a list can be */
export async function readZipDirectory(size: number, readAt: ReadAt): Promise<ZipEntry[]> {
  const tailAt = Math.max(0, size - TAIL_BYTES);
  const tail = await readAt(tailAt, size - tailAt);
  const end = tail.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > tail.length) throw new FileProblem(DAMAGED);
  const [count, length, at] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count > MOST_ENTRIES || length > MOST_DIRECTORY_BYTES) throw new FileProblem(BOMB);
  if (at + length > size) throw new FileProblem(DAMAGED);
  const entries = entriesOf(await readAt(at, length), count);
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > MOST_UNPACKED_BYTES || total > size * MOST_TIMES_LARGER) throw new FileProblem(BOMB);
  return entries;
}

function entriesOf(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw new FileProblem(DAMAGED);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    if ((directory.readUInt16LE(at + 8) & 1) === 1) {
      throw new FileProblem("This workbook is protected by a password. Save it without one and upload that file.");
    }
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + (nameBytes ?? 0)),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}
