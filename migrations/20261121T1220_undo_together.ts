import { type Kysely } from "kysely";

/**
 * Several long undos asked for in one go come one after the other: an import's corrections before the import itself. And
 * whoever sees only their own contacts takes back what was done to those.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const undos = () => db.schema.alterTable("undos");
  await undos().addColumn("group_id", "uuid").execute();
  await undos().addColumn("place", "integer").execute();
  await undos().addColumn("own_only_at", "timestamptz(3)").execute();
  await db.schema.createIndex("undos_by_group").on("undos").columns(["account_id", "group_id", "place"]).execute();
}
