/** Postgres knows of a table that has grown how much it holds, without waiting for its own look a minute later. */
import { sql } from "kysely";
import { expect, test, vi } from "vitest";
import { refreshStatistics } from "~/platform/db/statistics.server";
import { databases, openTestDatabase } from "~/testing/databases";

test("a table that has grown is looked at, one that has not is left", async () => {
  const database = await openTestDatabase("postgres");
  try {
    const db = database.unguarded;
    // Its own look may not be the one that this test sees.
    await sql`create table parcels (id integer primary key) with (autovacuum_enabled = false)`.execute(db);
    await sql`create table vans (id integer primary key) with (autovacuum_enabled = false)`.execute(db);
    await sql`insert into parcels select generate_series(1, 1500)`.execute(db);
    await sql`insert into vans select generate_series(1, 15)`.execute(db);
    const known = async () => {
      await refreshStatistics(database);
      const { rows } = await sql<{ name: string; count: number }>`
        select relname as name, reltuples as count from pg_class where relname in ('parcels', 'vans') order by relname
      `.execute(db);
      return rows;
    };
    // What other connections have written is known about a second later.
    await vi.waitFor(async () => expect(await known()).toContainEqual({ name: "parcels", count: 1_500 }), 20_000);
    expect(await known()).toContainEqual({ name: "vans", count: -1 });
  } finally {
    await database.close();
  }
});

test.each(databases)("nothing to look at is no trouble, on %s", async (engine) => {
  const database = await openTestDatabase(engine);
  await expect(refreshStatistics(database)).resolves.toBeUndefined();
  await database.close();
});
