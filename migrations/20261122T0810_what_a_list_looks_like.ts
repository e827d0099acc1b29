import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * SQLite knows nothing of what a table holds unless it is told (Postgres finds out by itself). Without figures it takes
 * each campaign's list for some nine rows, and reads a hundred thousand of them to find the fifty that a statement names.
 * So it is told, once and for all: lists of five thousand, in an account with a million recipients.
 *
 * Whoever adds or changes an index of recipients writes its line here anew, in a migration of its own: how many rows there
 * are, then how many share the first column, the first two, and so on (sqlite.org/fileformat2.html#stat1tab).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return;
  // Makes the tables of figures; what it counts there now is nobody's usual list.
  await sql`analyze recipients`.execute(db);
  await sql`delete from sqlite_stat1 where tbl = 'recipients'`.execute(db);
  await sql`delete from sqlite_stat4 where tbl = 'recipients'`.execute(db);
  for (const [index, figures] of Object.entries(lists)) {
    await sql`insert into sqlite_stat1 (tbl, idx, stat) values ('recipients', ${index}, ${figures})`.execute(db);
  }
  await sql`analyze sqlite_schema`.execute(db);
}

const lists = {
  sqlite_autoindex_recipients_1: "1000000 1000000 5000 1",
  recipients_by_name: "1000000 1000000 5000 1500 2 1",
  recipients_by_response: "1000000 1000000 5000 2500 2 1",
  recipients_by_delivery: "1000000 1000000 5000 1500 800 600 40 24 2 1",
  recipients_by_address: "1000000 1000000 5000 2 2",
  recipients_of_contact: "1000000 1000000 50 1",
  recipients_to_mail: "100000 100000 500 100 2 1",
  recipients_to_call: "900000 900000 4500 900 2 1",
  recipients_reserved: "200 200 5 1",
  recipients_by_print_run: "200000 200000 1000 1",
  recipients_by_code: "300000 300000 1",
};
