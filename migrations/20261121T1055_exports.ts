import { type Kysely } from "kysely";

/** Lists that somebody asked for as a file: who, which, what has become of it, and until when it is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("exports")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("format", "text", (column) => column.notNull())
    .addColumn("columns", "text", (column) => column.notNull())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("expires_at", "timestamptz(3)")
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("row_count", "bigint", (column) => column.notNull().defaultTo(0))
    // No foreign key: the file's id is known before the file is there.
    .addColumn("file_id", "uuid")
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("exports_pk", ["account_id", "id"])
    .execute();
  await db.schema.createIndex("exports_by_time").on("exports").columns(["account_id", "created_at", "id"]).execute();
}
