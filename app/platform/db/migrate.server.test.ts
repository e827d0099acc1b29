import { readdir } from "node:fs/promises";
import { type Kysely } from "kysely";
import pg from "pg";
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

describe("a table that others hold while it is to be changed", () => {
  const next = {
    ...migrations,
    "29990101T0000_next": {
      up: async (db: Kysely<unknown>) => {
        await db.schema.createTable("made_before").addColumn("id", "text").execute();
        await db.schema.alterTable("users").addColumn("nickname", "text").execute();
      },
    },
  };
  const patience = { lockTimeoutMs: 50, pausesMs: [20, 40, 80, 160] };
  let database: TestDatabase;
  let holder: pg.Client;
  afterEach(async () => {
    await holder.end();
    await database.close();
  });

  async function held() {
    database = await openTestDatabase("postgres");
    holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select count(*) from users");
  }

  it("is waited for in several short tries, between which the others go on", async () => {
    await held();
    const migrating = migrateToLatest(database, next, patience);
    setTimeout(() => void holder.query("commit"), 200);
    expect(await migrating).toEqual(["29990101T0000_next"]);
  });

  it("is left alone after five, with nothing changed and a sentence that says what to do", async () => {
    await held();
    await expect(migrateToLatest(database, next, patience)).rejects.toThrow(
      /^The database could not .* start again\.$/,
    );
    await holder.query("commit");
    expect(await pendingMigrations(database, next)).toEqual(["29990101T0000_next"]);
    expect(await migrateToLatest(database, next, patience)).toEqual(["29990101T0000_next"]);
  });
});
