import { type Kysely } from "kysely";

/** Who disconnected it, in a sentence: where it was reached by a key there is no agreement whose end would say so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("connectors").addColumn("disconnected_why", "text").execute();
}
