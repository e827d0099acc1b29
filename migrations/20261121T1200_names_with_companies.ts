import { type Kysely, sql } from "kysely";

/** An import looks names up with their companies: both from the index, without a look at each contact of that name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index contacts_by_name`.execute(db);
  await sql`create index contacts_by_name on contacts (account_id, name_key, id, company_key)`.execute(db);
}
