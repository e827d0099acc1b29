/** Postgres knows of a table that has grown how much it holds, without waiting for its own look a minute later. */
import { randomUUID } from "node:crypto";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { expect, test, vi } from "vitest";
import { refreshStatistics } from "~/platform/db/statistics.server";
import { type Tables } from "~/platform/db/tables";
import { databases, openTestDatabase } from "~/testing/databases";

const unheard = {
  warn: () => {
    throw new Error("Nothing was to be logged");
  },
};

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
      await refreshStatistics(database, unheard);
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
  await expect(refreshStatistics(database, unheard)).resolves.toBeUndefined();
  await database.close();
});

/** A table of which 1,500 rows were written, as Postgres knows by now. */
async function grown(db: Kysely<Tables>, name: string): Promise<void> {
  await sql`create table ${sql.table(name)} (id integer primary key) with (autovacuum_enabled = false)`.execute(db);
  await sql`insert into ${sql.table(name)} select generate_series(1, 1500)`.execute(db);
  await vi.waitFor(async () => {
    const { rows } = await sql<{ changed: number }>`
      select n_mod_since_analyze::integer as changed from pg_stat_user_tables where relname = ${name}
    `.execute(db);
    expect(rows).toEqual([{ changed: 1_500 }]);
  }, 20_000);
}

async function seen(db: Kysely<Tables>, name: string): Promise<number | undefined> {
  const { rows } = await sql<{ seen: number }>`select reltuples as seen from pg_class where relname = ${name}`.execute(
    db,
  );
  return rows[0]?.seen;
}

/** The same database for one of whom only the role differs. */
async function as(
  role: string,
  database: Awaited<ReturnType<typeof openTestDatabase>>,
  work: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.url, max: 1, options: `-c role=${role}` });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

test("whoever is a member of the tables' owner has them looked at, and whoever is not leaves them", async () => {
  const database = await openTestDatabase("postgres");
  const db = database.unguarded;
  const [member, lodger] = [`member_${randomUUID().slice(0, 8)}`, `lodger_${randomUUID().slice(0, 8)}`];
  try {
    await grown(db, "parcels");
    const { rows } = await sql<{ owner: string }>`select current_user as owner`.execute(db);
    await sql.raw(`create role "${member}" in role "${rows[0]?.owner}"`).execute(db);
    await sql.raw(`create role "${lodger}"`).execute(db);
    await sql.raw(`grant usage on schema public to "${lodger}"`).execute(db);
    await as(lodger, database, (unguarded) => refreshStatistics({ dialect: "postgres", unguarded }, unheard));
    expect(await seen(db, "parcels")).toBe(-1);
    await as(member, database, (unguarded) => refreshStatistics({ dialect: "postgres", unguarded }, unheard));
    expect(await seen(db, "parcels")).toBe(1_500);
  } finally {
    for (const end of ["owned by", "role"]) await sql.raw(`drop ${end} "${lodger}"`).execute(db);
    await sql.raw(`drop role "${member}"`).execute(db);
    await database.close();
  }
});

test("where it cannot look, or takes too long, the reason is logged and the other tables are looked at", async () => {
  const database = await openTestDatabase("postgres");
  const db = database.unguarded;
  try {
    for (const name of ["parcels", "roads", "vans"]) await grown(db, name);
    for (const [table, trouble] of [
      ["parcels", "raise exception 'The disk is full'"],
      ["roads", "perform pg_sleep(60)"],
    ]) {
      await sql
        .raw(
          `create function of_${table}(id integer) returns integer language plpgsql immutable as $$
           begin if current_query() like 'analyze%' then ${trouble}; end if; return id; end $$`,
        )
        .execute(db);
      await sql.raw(`create index on ${table} (of_${table}(id))`).execute(db);
    }
    const warn = vi.fn<(fields: { error: Error }, words: string) => void>();
    const begun = performance.now();
    await refreshStatistics({ dialect: "postgres", unguarded: db }, { warn } as never);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(warn.mock.calls.map(([{ error }]) => error.message)).toEqual([
      "The disk is full",
      "canceling statement due to statement timeout",
    ]);
    expect(await seen(db, "vans")).toBe(1_500);
  } finally {
    await database.close();
  }
});
