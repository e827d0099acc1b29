import { type Kysely } from "kysely";

/** When reconciliations compare by themselves, which are set up to the end or deleted, and a run's result in a few words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const reconciliations = () => db.schema.alterTable("reconciliations");
  await reconciliations()
    .addColumn("schedule", "text", (column) => column.notNull().defaultTo("{}"))
    .execute();
  for (const at of ["next_run_at", "set_up_at", "deleted_at"]) {
    await reconciliations().addColumn(at, "timestamptz(3)").execute();
  }
  await reconciliations()
    .addColumn("deleted_by", "uuid", (column) => column.references("users.id"))
    .execute();
  await db.schema.alterTable("comparison_runs").addColumn("summary", "text").execute();
}
