import { type Kysely } from "kysely";

/** Where columns of a file went, as somebody confirmed it: for a set of columns, and for each by its name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("saved_mappings")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("mapping", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("saved_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("saved_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("saved_mappings_pk", ["account_id", "subject", "key"])
    .execute();
}
