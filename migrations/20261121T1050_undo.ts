import { type Kysely } from "kysely";

/** A change set is undone once: who did, when, and by which change set of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sets = () => db.schema.alterTable("change_sets");
  await sets().addColumn("undone_at", "timestamptz(3)").execute();
  await sets()
    .addColumn("undone_by", "uuid", (column) => column.references("users.id"))
    .execute();
}
