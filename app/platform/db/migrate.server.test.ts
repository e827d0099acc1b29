import { readdir } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { migrateToLatest, pendingMigrations } from "~/platform/db/migrate.server";
import { migrations } from "~/platform/db/migrations.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";

it("lists every file of migrations/, in order", async () => {
  const files = (await readdir("migrations")).filter((name) => !name.endsWith(".test.ts"));
  expect(Object.keys(migrations)).toEqual(files.map((name) => name.replace(/\.ts$/, "")).sort());
});

describe.each(databases)("migrations on %s", (engine) => {
  let database: TestDatabase;
  afterEach(() => database.close());

  it("are all done in a fresh test database, and doing them again changes nothing", async () => {
    database = await openTestDatabase(engine);
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await migrateToLatest(database)).toEqual([]);
    expect(database.schema().accountTables).toContain("files");
    expect(database.schema().tables).toContain("users");
    expect(database.schema().accountTables).not.toContain("users");
  });
});
