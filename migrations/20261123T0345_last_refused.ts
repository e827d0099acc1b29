import { type Kysely, sql } from "kysely";

/** The run by which records of a connector were refused last is found without going through all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index source_records_refused on source_records (account_id, connector_id, changed_run_id)
    where state = 'refused'
  `.execute(db);
}
