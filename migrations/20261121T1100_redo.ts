import { type Kysely } from "kysely";

/**
 * An undo can be undone, and that again: each change set of such a line knows what was done first and the how manieth turn
 * it is, and each but the last whether it holds again. And what a long undo left alone can be chosen afterwards.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sets = () => db.schema.alterTable("change_sets");
  await sets().addColumn("root_id", "uuid").execute();
  await sets()
    .addColumn("turn", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await sets().addColumn("revived_at", "timestamptz(3)").execute();
  await db.schema.createIndex("change_sets_by_root").on("change_sets").columns(["account_id", "root_id"]).execute();
  const undos = () => db.schema.alterTable("undos");
  await undos().addColumn("again_below", "integer").execute();
  await undos().addColumn("stop_requested_at", "timestamptz(3)").execute();
}
