import { type Kysely, sql } from "kysely";

/** A model that may be asked where columns go, and what it proposed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("model_settings")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("key", "text")
    .addColumn("samples", "integer", (column) => column.notNull())
    .addColumn("on_since", "timestamptz(3)")
    .addColumn("version", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("changed_by", "uuid", (column) => column.references("users.id"))
    .addColumn("tested_at", "timestamptz(3)")
    .addColumn("test_problem", "text")
    .addPrimaryKeyConstraint("model_settings_pk", ["account_id"])
    .execute();
  await db.schema
    .createTable("mapping_proposals")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('asking', 'answered', 'failed')`))
    .addColumn("host", "text", (column) => column.notNull())
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("questions", "text", (column) => column.notNull())
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("ended_at", "timestamptz(3)")
    .addColumn("proposals", "text")
    .addColumn("left_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("problem", "text")
    .addPrimaryKeyConstraint("mapping_proposals_pk", ["account_id", "connector_id"])
    .addForeignKeyConstraint(
      "mapping_proposals_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}
