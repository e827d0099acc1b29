/**
 * Files of an account (uploads, exports) in the database, in pieces: one backup holds everything and any machine can
 * serve them. Written and read in constant memory, one short transaction a piece, so that nobody waits for a large one.
 */
import { createHash } from "node:crypto";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

declare module "~/platform/db/tables" {
  interface Tables {
    files: {
      account_id: string;
      id: string;
      name: string;
      media_type: string;
      size_bytes: number;
      sha256: string;
      created_at: string;
      created_by: string | null;
      /** Null while it is being stored: such a file is seen by nobody. */
      completed_at: string | null;
    };
    file_chunks: { account_id: string; file_id: string; position: number; bytes: Uint8Array };
  }
}

export interface StoredFile {
  id: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  /** Hexadecimal, of the bytes as they came. */
  sha256: string;
  createdAt: string;
  createdBy: string | null;
}

export interface FileToStore {
  /** As the browser gave it; folders and control characters are taken off. */
  name: string;
  mediaType: string;
  maxBytes: number;
  /** Where its id was written down before there was a file; else it gets a new one. */
  id?: string;
}

export type StoreFileResult = { ok: true; file: StoredFile } | { ok: false; reason: "too-large" };

const CHUNK_BYTES = 256 * 1024;
const MAX_NAME_LENGTH = 200;

/** `C:\fakepath\Kontakte 2026.csv` → `Kontakte 2026.csv` */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return (
    Array.from(last.replace(/[\p{Cc}\p{Cs}]/gu, "").trim())
      .slice(0, MAX_NAME_LENGTH)
      .join("") || "file"
  );
}

/** Pieces of exactly the size of a chunk; the last one is what is left. */
async function* chunksOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    let rest = piece;
    while (length + rest.length >= CHUNK_BYTES) {
      const taken = CHUNK_BYTES - length;
      yield Buffer.concat([...parts, rest.subarray(0, taken)], CHUNK_BYTES);
      rest = rest.subarray(taken);
      parts = [];
      length = 0;
    }
    if (rest.length > 0) parts.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(parts, length);
}

interface Stored {
  sizeBytes: number;
  sha256: string;
}

/** Null when there is more than allowed. */
async function storeChunks(
  scope: Scope,
  fileId: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Stored | null> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let position = 0;
  for await (const bytes of chunksOf(source)) {
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) return null;
    hash.update(bytes);
    await scope.db
      .insertInto("file_chunks")
      .values({ account_id: scope.account.id, file_id: fileId, position: position++, bytes })
      .execute();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

/**
 * Stores what `source` yields. The file is there only once it is complete; if the source throws or is too long, what
 * was written is taken away again, and what a crash leaves, `sweepUnfinishedFiles` takes.
 */
export async function storeFile(
  scope: Scope,
  source: AsyncIterable<Uint8Array>,
  { name, mediaType, maxBytes, id = newId() }: FileToStore,
): Promise<StoreFileResult> {
  const facts = { id, name: plainName(name), createdAt: scope.clock.now(), createdBy: scope.user?.id ?? null };
  await scope.db
    .insertInto("files")
    .values({
      account_id: scope.account.id,
      id: facts.id,
      name: facts.name,
      media_type: mediaType,
      size_bytes: 0,
      sha256: "",
      created_at: facts.createdAt,
      created_by: facts.createdBy,
      completed_at: null,
    })
    .execute();
  let stored: Stored | null;
  try {
    stored = await storeChunks(scope, facts.id, source, maxBytes);
  } catch (error) {
    await deleteFile(scope, facts.id).catch(() => scope.log.warn({ event: "file.left-over" }, "Left for the sweeper"));
    throw error;
  }
  if (stored === null) {
    await deleteFile(scope, facts.id);
    return { ok: false, reason: "too-large" };
  }
  await scope.db
    .updateTable("files")
    .set({ size_bytes: stored.sizeBytes, sha256: stored.sha256, completed_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", facts.id)
    .execute();
  return { ok: true, file: { ...facts, mediaType, ...stored } };
}

/** Null when there is no such file, or not yet all of it. */
export async function findFile(scope: Scope, fileId: string): Promise<StoredFile | null> {
  const row = await scope.db
    .selectFrom("files")
    .select(["id", "name", "media_type", "size_bytes", "sha256", "created_at", "created_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", fileId)
    .where("completed_at", "is not", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

async function readChunk(scope: Scope, fileId: string, position: number): Promise<Uint8Array> {
  const row = await scope.db
    .selectFrom("file_chunks")
    .select("bytes")
    .where("account_id", "=", scope.account.id)
    .where("file_id", "=", fileId)
    .where("position", "=", position)
    .executeTakeFirst();
  if (row === undefined) throw new Error("The file was removed while it was read");
  return row.bytes;
}

/**
 * The bytes from `offset` (0) to the end, a piece at a time. @throws Error if there is no such file: ask `findFile`
 * first, which also tells the size.
 */
export async function* readFile(scope: Scope, fileId: string, offset = 0): AsyncGenerator<Uint8Array> {
  const file = await findFile(scope, fileId);
  if (file === null) throw new Error("There is no such file");
  let at = offset;
  while (at < file.sizeBytes) {
    const bytes = await readChunk(scope, fileId, Math.floor(at / CHUNK_BYTES));
    const piece = bytes.subarray(at % CHUNK_BYTES);
    yield piece;
    at += piece.length;
  }
}

/** All bytes of a small file in one statement; null when there is no such file, or not yet all of it. */
export async function readWhole(scope: Scope, fileId: string): Promise<Buffer | null> {
  const chunks = await scope.db
    .selectFrom("files")
    .leftJoin("file_chunks as chunk", (join) =>
      join.onRef("chunk.account_id", "=", "files.account_id").onRef("chunk.file_id", "=", "files.id"),
    )
    .select("chunk.bytes")
    .where("files.account_id", "=", scope.account.id)
    .where("files.id", "=", fileId)
    .where("files.completed_at", "is not", null)
    .orderBy("chunk.position")
    .execute();
  // An empty file has no chunk, and one line here.
  return chunks.length === 0 ? null : Buffer.concat(chunks.flatMap(({ bytes }) => bytes ?? []));
}

/** Removes the file and its bytes. Whether there was one makes no difference. */
export async function deleteFile(scope: Scope, fileId: string): Promise<void> {
  await scope.db.deleteFrom("files").where("account_id", "=", scope.account.id).where("id", "=", fileId).execute();
}
