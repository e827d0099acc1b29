import { type Kysely } from "kysely";

/** An addition to a campaign's list is taken back by a job where it is long. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const additions = () => db.schema.alterTable("recipient_additions");
  await additions().addColumn("undo_asked_at", "timestamptz(3)").execute();
  await additions()
    .addColumn("undo_asked_by", "uuid", (column) => column.references("users.id"))
    .execute();
  await additions().addColumn("taken_off", "integer").execute();
}
