import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { DAMAGED, type ReadAt, type ZipEntry } from "~/features/pipeline/files/xlsx/zip-directory";

const PIECE_BYTES = 256 * 1024;

/**
 * What an entry unpacks to, a piece at a time. The bytes that come out are counted: a header may say anything.
 * @throws FileProblem when they are more than declared, or do not unpack
 */
export async function* unpack(entry: ZipEntry, readAt: ReadAt): AsyncGenerator<Buffer> {
  const header = await readAt(entry.headerAt, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new FileProblem(DAMAGED);
  const at = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  let left = entry.bytes;
  for await (const piece of inflated(entry.method, packed(at, entry.packedBytes, readAt))) {
    left -= piece.length;
    if (left < 0) throw new FileProblem(DAMAGED);
    yield piece;
  }
  if (left > 0) throw new FileProblem(DAMAGED);
}

async function* packed(at: number, length: number, readAt: ReadAt): AsyncGenerator<Buffer> {
  for (let done = 0; done < length;) {
    const piece = await readAt(at + done, Math.min(PIECE_BYTES, length - done));
    if (piece.length === 0) throw new FileProblem(DAMAGED);
    done += piece.length;
    yield piece;
  }
}

async function* inflated(method: number, bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (method === 0) return yield* bytes;
  if (method !== 8) throw new FileProblem(DAMAGED);
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  const feeding = pipeline(Readable.from(bytes), inflate);
  // Its failure also ends the loop below, which is where it is met.
  feeding.catch(() => undefined);
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) yield piece;
  } catch (error) {
    if (isZlibError(error)) throw new FileProblem(DAMAGED, { cause: error });
    throw error;
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:Z_|ERR_STREAM_PREMATURE_CLOSE)/.test(String(error.code));
}
