import { sql } from "kysely";
import { type Database } from "~/platform/db/database.server";

/** So many rows have to have been written, changed or deleted, and so many for each that Postgres last saw in the table. */
const FEWEST_ROWS = 1_000;
const FOR_EACH_SEEN = 3;

/**
 * Has Postgres look at the tables in which a lot has changed since it last did. It does so unasked, but up to a minute
 * later: until then it takes a table for as empty as it was, and goes through all of it for every page of a reading where
 * an index would lead to the rows. Waits for nobody; outside of transactions. SQLite chooses its indexes without statistics.
 *
 * Postgres: monitoring statistics (`pg_stat_user_tables`), `ANALYZE`.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  if (database.dialect !== "postgres") return;
  const { rows } = await muchChanged.execute(database.unguarded);
  for (const { table } of rows) {
    await sql`analyze (skip_locked) ${sql.table(table)}`.execute(database.unguarded);
  }
}

const muchChanged = sql<{ table: string }>`
  select stat.relname as "table" from pg_stat_user_tables stat join pg_class on pg_class.oid = stat.relid
  where stat.schemaname = current_schema() and pg_has_role(pg_class.relowner, 'usage')
    and stat.n_mod_since_analyze >= ${sql.lit(FEWEST_ROWS)} + ${sql.lit(FOR_EACH_SEEN)} * greatest(pg_class.reltuples, 0)
`;
