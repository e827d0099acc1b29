import { type Kysely } from "kysely";

/** Uploads and exports, kept in the database in pieces: one backup holds everything, any machine can serve them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("files")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("media_type", "text", (column) => column.notNull())
    .addColumn("size_bytes", "bigint", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid")
    .addColumn("completed_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("files_pk", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("file_chunks")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("file_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("bytes", "bytea", (column) => column.notNull())
    .addPrimaryKeyConstraint("file_chunks_pk", ["account_id", "file_id", "position"])
    .addForeignKeyConstraint("file_chunks_file_fk", ["account_id", "file_id"], "files", ["account_id", "id"], (key) =>
      key.onDelete("cascade"),
    )
    .execute();
}
