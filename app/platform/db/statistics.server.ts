import { sql } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { type Log } from "~/platform/log.server";

/** So many rows have to have been written, changed or deleted, and so many for each that Postgres last saw in the table. */
const FEWEST_ROWS = 1_000;
const FOR_EACH_SEEN = 3;
/** It looks at a sample of each table, so that this is long; whoever is reading waits for it. */
const MOST_MS = 5_000;

type Looking = Pick<Database, "dialect" | "unguarded">;

/**
 * Has Postgres look at the tables in which a lot has changed since it last did. It does so unasked, but up to a minute
 * later: until then it takes a table for as empty as it was, and goes through all of it for every page of a reading where
 * an index would lead to the rows. Waits for nobody; outside of transactions. SQLite chooses its indexes without statistics.
 * Where it cannot look, that is logged and no more: whatever asked is only slower.
 *
 * Postgres: monitoring statistics (`pg_stat_user_tables`), `ANALYZE`.
 */
export async function refreshStatistics(database: Looking, log: Pick<Log, "warn">): Promise<void> {
  if (database.dialect !== "postgres") return;
  const logged = (error: unknown) => log.warn({ event: "database.not-looked-at", error }, "Statistics are old");
  const tables = await muchChanged(database).catch(logged);
  for (const table of tables ?? []) await analyze(database, table).catch(logged);
}

/** Of those that may be looked at: the login role's own, or of a role that it is a member of. */
async function muchChanged({ unguarded }: Looking): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    select stat.relname as "table" from pg_stat_user_tables stat join pg_class on pg_class.oid = stat.relid
    where stat.schemaname = current_schema() and pg_has_role(pg_class.relowner, 'usage')
      and stat.n_mod_since_analyze >= ${sql.lit(FEWEST_ROWS)} + ${sql.lit(FOR_EACH_SEEN)} * greatest(pg_class.reltuples, 0)
    order by stat.relname
  `.execute(unguarded);
  return rows.map(({ table }) => table);
}

async function analyze({ unguarded }: Looking, table: string): Promise<void> {
  await unguarded.transaction().execute(async (db) => {
    await sql`set local statement_timeout = ${sql.lit(MOST_MS)}`.execute(db);
    await sql`analyze (skip_locked) ${sql.table(table)}`.execute(db);
  });
}
