import { type Kysely, sql } from "kysely";

/** What people write beside a day of a comparison's trend: "New cookie banner". */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("annotations")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
    .addColumn("day", "date", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("written_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("written_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("annotations_pk", ["account_id", "id"])
    .addForeignKeyConstraint("annotations_of_fk", ["account_id", "reconciliation_id"], "reconciliations", [
      "account_id",
      "id",
    ])
    .execute();
  await sql`create index annotations_by_day on annotations (account_id, reconciliation_id, day, id)`.execute(db);
}
