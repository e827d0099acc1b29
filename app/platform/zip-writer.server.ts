/**
 * A ZIP file (APPNOTE.TXT 6.3), written as its parts come: each is packed on zlib's own threads while the next piece is
 * made, and what it came to stands behind it. Parts and the whole are below 4 GB.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, crc32, createDeflateRaw } from "node:zlib";

export interface ZipPart {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}

/** That names are UTF-8, and that sizes stand behind the part. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1 January 1980, the first there is: a file says nothing of when it was made. */
const DATE = 0x0021;
const MOST_BYTES = 0xffff_ffff;
const PACKED_BYTES = 64 * 1024;

/** What the headers say of a part; sizes in bytes. */
interface Facts {
  crc: number;
  packed: number;
  bytes: number;
}

export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Uint8Array, void> {
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content } of parts) {
    const headerAt = at;
    const header = localHeader(name);
    yield header;
    const facts: Facts = { crc: 0, packed: 0, bytes: 0 };
    for await (const bytes of deflated(counted(content, facts))) {
      facts.packed += bytes.length;
      yield bytes;
    }
    const behind = numbers([4, 0x08074b50], [4, facts.crc], [4, facts.packed], [4, facts.bytes]);
    yield behind;
    at += header.length + facts.packed + behind.length;
    if (at > MOST_BYTES || facts.bytes > MOST_BYTES) throw new RangeError("A ZIP file of 4 GB and more");
    directory.push(directoryEntry(name, headerAt, facts));
  }
  const entries = Buffer.concat(directory);
  const count = directory.length;
  yield entries;
  yield numbers([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, entries.length], [4, at], [2, 0]);
}

async function* counted(content: ZipPart["content"], facts: Facts): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    facts.crc = crc32(bytes, facts.crc);
    facts.bytes += bytes.length;
    yield bytes;
  }
}

async function* deflated(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED, chunkSize: PACKED_BYTES });
  // One piece ahead: more would wait in memory for the packing.
  const feeding = pipeline(Readable.from(pieces, { highWaterMark: 1 }), deflate);
  // Its failure also ends the loop below, which is where it is met.
  feeding.catch(() => undefined);
  for await (const bytes of deflate as AsyncIterable<Buffer>) yield bytes;
}

/** Version, flags, method, time and date. */
const kind: readonly Field[] = [
  [2, VERSION],
  [2, FLAGS],
  [2, DEFLATED],
  [2, 0],
  [2, DATE],
];

function localHeader(name: string): Buffer {
  const place = Buffer.from(name);
  return Buffer.concat([numbers([4, 0x04034b50], ...kind, [4, 0], [4, 0], [4, 0], [2, place.length], [2, 0]), place]);
}

function directoryEntry(name: string, headerAt: number, { crc, packed, bytes }: Facts): Buffer {
  const place = Buffer.from(name);
  const sizes = numbers([4, crc], [4, packed], [4, bytes], [2, place.length]);
  // No extra field, no comment, the first disk, no attributes.
  const rest = numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, headerAt]);
  return Buffer.concat([numbers([4, 0x02014b50], [2, VERSION], ...kind), sizes, rest, place]);
}

type Field = readonly [bytes: 2 | 4, value: number];

/** Each as many bytes as said, the lowest first. */
function numbers(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}
