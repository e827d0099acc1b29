import { type Kysely } from "kysely";

/** What a connector has to read, where its provider has it from the system itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("connectors").addColumn("streams", "text").execute();
}
