/** Postgres knows of a table that has grown how much it holds, without waiting for its own look a minute later. */
import { sql } from "kysely";
import { expect, test, vi } from "vitest";
import { refreshStatistics } from "~/platform/db/statistics.server";
import { databases, openTestDatabase } from "~/testing/databases";

test("a table in which a lot has changed is looked at, one in which little has is left", async () => {
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
    const changed = async () => {
      const { rows } = await sql<{ count: number }>`
        select n_mod_since_analyze::integer as count from pg_stat_user_tables where relname = 'parcels'
      `.execute(db);
      return rows[0]?.count;
    };
    // What other connections have written is known about a second later.
    await vi.waitFor(async () => expect(await known()).toContainEqual({ name: "parcels", count: 1_500 }), 20_000);
    expect(await known()).toContainEqual({ name: "vans", count: -1 });
    // Beside the 1,500 that it has seen, as many more are not a lot; with another 4,500 it is.
    await sql`insert into parcels select generate_series(1501, 3000)`.execute(db);
    await vi.waitFor(async () => expect(await changed()).toBe(1_500), 20_000);
    expect(await known()).toContainEqual({ name: "parcels", count: 1_500 });
    await sql`insert into parcels select generate_series(3001, 7500)`.execute(db);
    await vi.waitFor(async () => expect(await known()).toContainEqual({ name: "parcels", count: 7_500 }), 20_000);
  } finally {
    await database.close();
  }
});

test.each(databases)("nothing to look at is no trouble, on %s", async (engine) => {
  const database = await openTestDatabase(engine);
  await expect(refreshStatistics(database)).resolves.toBeUndefined();
  await database.close();
});
