import { type Kysely } from "kysely";

/** A connector that is given its key again goes back to where it stood, e.g. paused. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("connectors").addColumn("stood", "text").execute();
}
