import { type Kysely } from "kysely";

/**
 * Whether an export was made while whoever asked saw only their own contacts. Null: all were in view, as in those that
 * are there already; once a person sees only their own, such a file is no longer for them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("exports").addColumn("own_only_at", "timestamptz(3)").execute();
}
