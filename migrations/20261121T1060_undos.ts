import { type Kysely, sql } from "kysely";

/**
 * Undoing what is more than a page can wait for: a job takes back a change set some entries at a time. And what an
 * import said can be withdrawn without being lost, so that the undo can be undone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("contact_records").addColumn("withdrawn_at", "timestamptz(3)").execute();
  await db.schema
    .createTable("undos")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("change_set_id", "uuid", (column) => column.notNull())
    .addColumn("own_change_set_id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('queued', 'running', 'done', 'failed')`),
    )
    .addColumn("edited", "text", (column) => column.notNull().check(sql`edited in ('left', 'undone')`))
    .addColumn("below", "integer")
    .addColumn("after_id", "uuid")
    .addColumn("entries", "integer", (column) => column.notNull())
    .addColumn("entries_done", "integer", (column) => column.notNull())
    .addColumn("entries_written", "integer", (column) => column.notNull())
    .addColumn("undone_count", "integer", (column) => column.notNull())
    .addColumn("left_count", "integer", (column) => column.notNull())
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("finished_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("undos_pk", ["account_id", "id"])
    .addForeignKeyConstraint("undos_set_fk", ["account_id", "change_set_id"], "change_sets", ["account_id", "id"])
    .execute();
  await db.schema.createIndex("undos_by_set").on("undos").columns(["account_id", "change_set_id"]).unique().execute();
  await db.schema
    .createTable("undo_left")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("undo_id", "uuid", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("subject_id", "uuid", (column) => column.notNull())
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("why", "text")
    .addPrimaryKeyConstraint("undo_left_pk", ["account_id", "undo_id", "ordinal"])
    .addForeignKeyConstraint("undo_left_undo_fk", ["account_id", "undo_id"], "undos", ["account_id", "id"])
    .execute();
}
