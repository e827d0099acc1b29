import { type Kysely, sql } from "kysely";

/**
 * Whether a contact is archived stands in the index of all names, too: SQLite takes that index to count the contacts of
 * an account, and looked at each contact for this alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index contacts_by_name`.execute(db);
  await sql`create index contacts_by_name on contacts (account_id, name_key, id, company_key, archived_at)`.execute(db);
}
