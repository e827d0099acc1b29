import { type Kysely, sql } from "kysely";

/** Lists kept under a name, and changes of many contacts at once: which contacts, what of each, and how far it has come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("saved_views")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("owner_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("shared_at", "timestamptz(3)")
    .addColumn("deleted_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("saved_views_pk", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("bulk_edits")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column
        .notNull()
        .check(sql`state in ('collecting', 'ready', 'waiting', 'running', 'done', 'cancelled', 'failed')`),
    )
    .addColumn("change", "text", (column) => column.notNull())
    .addColumn("query", "text")
    .addColumn("asked_by", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("after_key", "text")
    .addColumn("after_id", "uuid")
    .addColumn("change_set_id", "uuid")
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addColumn("total", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("to_change", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("same", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("refused", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("missing", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("done", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("changed", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("entries", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("conflicts", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("gone", "integer", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("bulk_edits_pk", ["account_id", "id"])
    .execute();
  await db.schema
    .createIndex("bulk_edits_by_time")
    .on("bulk_edits")
    .columns(["account_id", "asked_at", "id"])
    .execute();
  await db.schema
    .createTable("bulk_contacts")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("bulk_id", "uuid", (column) => column.notNull())
    // No foreign key: one that goes for good meanwhile is passed over.
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("outcome", "text", (column) => column.notNull().check(sql`outcome in ('change', 'same', 'refused')`))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("seen", "text")
    .addPrimaryKeyConstraint("bulk_contacts_pk", ["account_id", "bulk_id", "contact_id"])
    .addForeignKeyConstraint("bulk_contacts_edit_fk", ["account_id", "bulk_id"], "bulk_edits", ["account_id", "id"])
    .execute();
}
