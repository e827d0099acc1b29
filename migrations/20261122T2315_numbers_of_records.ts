import { type Kysely, sql } from "kysely";

/**
 * The index over the numbers of records is for statements only that say `number > 0`, as all of them are. Of a table that
 * is new Postgres has no statistics: asked for a thousand records by name it took this index, which begins like the one
 * over the names, and went through all records of the stream for every page.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index source_records_by_number`.execute(db);
  await sql`
    create unique index source_records_by_number on source_records (account_id, connector_id, stream, number)
    where number > 0
  `.execute(db);
}
