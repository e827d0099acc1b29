import { describe, expect, test } from "vitest";
import sweep from "./sweep";
import { fileClaims } from "~/composition.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { findFile, storeFile } from "~/platform/files.server";
import { sweepUnclaimedFiles } from "~/platform/sweep-files.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { doneImport, upload, withLogo } from "~/testing/walk/examples";
import { makeExample } from "~/testing/walk/make-example";

async function* bytes() {
  yield Buffer.from("Name\nAnn\n");
}

/** A file as an upload leaves it that is killed before its draft is there. */
async function orphan(scope: Scope): Promise<string> {
  const stored = await storeFile(scope, bytes(), { name: "a.csv", mediaType: "text/csv", maxBytes: 100 });
  return stored.ok ? stored.file.id : "";
}

describe.each(databases)("files that nothing names, on %s", (engine) => {
  test("go after an hour, and a draft's file stays", async () => {
    const clock = testClock();
    const { scope, other } = await given.twoAccounts(engine, { clock });
    const runId = await upload(scope);
    const left = await orphan(scope);
    const context = given.job(await given.installation(engine, { clock }));
    clock.advance(59 * MINUTE_MS);
    const theirs = await orphan(other);
    await sweep({}, context);
    expect(await findFile(scope, left)).not.toBeNull();
    clock.advance(2 * MINUTE_MS);
    await sweep({}, context);
    expect(await findFile(scope, left)).toBeNull();
    expect(await findFile(other, theirs)).not.toBeNull();
    const draft = await findDraft(scope, runId);
    expect(draft && (await findFile(scope, draft.fileId))).not.toBeNull();
  });

  test("are none of those that an import, an export or the logo names", async () => {
    const scope = await withLogo(await given.scope(engine, "admin"));
    await makeExample(scope, await doneImport(scope));
    const files = () => scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id).execute();
    const before = await files();
    expect(before.length).toBeGreaterThan(3);
    const left = await orphan(scope);
    expect(await sweepUnclaimedFiles(scope, fileClaims, "9999-01-01T00:00:00.000Z")).toBe(1);
    expect(await files()).toEqual(before);
    expect(before.map(({ id }) => id)).not.toContain(left);
  });

  test("are looked for in every column that names one", async () => {
    const { database } = await given.installation(engine);
    const tables = await database.unguarded.introspection.getTables();
    const found = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
    const named = new Set(found.filter((column) => /[._]file_id$/.test(column) && !column.startsWith("file_chunks.")));
    expect([...named].sort()).toEqual(fileClaims.map(({ column }) => column).sort());
  });
});
