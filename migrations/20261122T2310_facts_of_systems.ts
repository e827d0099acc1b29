import { type Kysely } from "kysely";

/** What a comparison has to know of a connector's system: its time zone, its currency, and how much of it is shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("connectors").addColumn("facts", "text").execute();
}
