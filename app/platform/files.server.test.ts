import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteFile, findFile, readFile, readWhole, storeFile } from "~/platform/files.server";
import { sweepUnfinishedFiles } from "~/platform/sweep-files.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { bareScope } from "~/testing/given-tables";

const MB = 1024 * 1024;
const csv = { name: "contacts.csv", mediaType: "text/csv", maxBytes: 50 * MB };

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function store(scope: Scope, bytes: Uint8Array, more: Partial<typeof csv> = {}) {
  const result = await storeFile(scope, Readable.from([bytes]), { ...csv, ...more });
  if (!result.ok) throw new Error(result.reason);
  return result.file;
}

async function chunksLeft(scope: Scope): Promise<number> {
  const row = await scope.db
    .selectFrom("file_chunks")
    .select((e) => e.fn.countAll<number>().as("chunks"))
    .where("account_id", "=", scope.account.id)
    .executeTakeFirstOrThrow();
  return row.chunks;
}

describe.each(databases)("files on %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  it("come back byte for byte, whatever pieces they came in, from any offset", async () => {
    const scope = bareScope(database, newId());
    const pieces = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.double({ min: 0, max: 1, noNaN: true }), async (sizes, where) => {
        const parts = sizes.map((size, index) => Buffer.alloc(size, `${index}#Brandt`));
        const whole = Buffer.concat(parts);
        const result = await storeFile(scope, Readable.from(parts), csv);
        if (!result.ok) throw new Error(result.reason);
        expect(result.file.sizeBytes).toBe(whole.length);
        expect(result.file.sha256).toBe(createHash("sha256").update(whole).digest("hex"));
        const offset = Math.floor(where * whole.length);
        expect((await bytesOf(readFile(scope, result.file.id, offset))).equals(whole.subarray(offset))).toBe(true);
        expect((await readWhole(scope, result.file.id))?.equals(whole)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("are known by name, kind, size and digest", async () => {
    const scope = bareScope(database, newId());
    const file = await store(scope, Buffer.from("name\nFolasade Adebayo\n"), { name: "C:\\fakepath\\Kont\0akte.csv" });
    expect(await findFile(scope, file.id)).toEqual(file);
    expect(file).toMatchObject({ name: "Kontakte.csv", mediaType: "text/csv", sizeBytes: 22, createdBy: null });
  });

  it("are another account's alone", async () => {
    const file = await store(bareScope(database, newId()), Buffer.from("theirs"));
    const scope = bareScope(database, newId());
    expect(await findFile(scope, file.id)).toBeNull();
    await expect(bytesOf(readFile(scope, file.id))).rejects.toThrow("no such file");
    await deleteFile(scope, file.id);
    await sweepUnfinishedFiles(scope, "9999-01-01T00:00:00.000Z");
    expect(await chunksLeft(scope)).toBe(0);
  });

  it("too large are refused and leave nothing", async () => {
    const scope = bareScope(database, newId());
    const source = Readable.from([Buffer.alloc(MB), Buffer.alloc(MB)]);
    expect(await storeFile(scope, source, { ...csv, maxBytes: 2 * MB - 1 })).toEqual({
      ok: false,
      reason: "too-large",
    });
    expect(await chunksLeft(scope)).toBe(0);
    await expect(store(scope, Buffer.alloc(MB), { maxBytes: MB })).resolves.toMatchObject({ sizeBytes: MB });
  });

  it("cut off half-way are not there and leave nothing", async () => {
    const scope = bareScope(database, newId());
    async function* cutOff() {
      yield Buffer.alloc(MB);
      throw new Error("The connection was closed");
    }
    await expect(storeFile(scope, cutOff(), csv)).rejects.toThrow("closed");
    expect(await chunksLeft(scope)).toBe(0);
  });

  it("left behind by a crash are unseen and swept, the complete ones stay", async () => {
    const scope = bareScope(database, newId());
    const complete = await store(scope, Buffer.from("complete"));
    const seen: (string | undefined)[] = [];
    async function* slow() {
      yield Buffer.alloc(300_000);
      const unfinished = await scope.db
        .selectFrom("files")
        .select("id")
        .where("account_id", "=", scope.account.id)
        .where("completed_at", "is", null)
        .executeTakeFirstOrThrow();
      seen.push((await findFile(scope, unfinished.id))?.id);
      expect(await sweepUnfinishedFiles(scope, "9999-01-01T00:00:00.000Z")).toBe(1);
      yield Buffer.alloc(300_000);
    }
    await expect(storeFile(scope, slow(), csv)).rejects.toThrow();
    expect(seen).toEqual([undefined]);
    expect(await sweepUnfinishedFiles(scope, "9999-01-01T00:00:00.000Z")).toBe(0);
    expect(await findFile(scope, complete.id)).toEqual(complete);
  });

  it("can be deleted with all their bytes", async () => {
    const scope = bareScope(database, newId());
    const file = await store(scope, Buffer.alloc(MB));
    await deleteFile(scope, file.id);
    expect(await findFile(scope, file.id)).toBeNull();
    expect(await chunksLeft(scope)).toBe(0);
  });
});
