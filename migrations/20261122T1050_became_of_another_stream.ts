import { type Kysely } from "kysely";

/** A lead that was converted is a contact now: what a record was merged into may be of another stream. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("source_records").addColumn("became_stream", "text").execute();
}
