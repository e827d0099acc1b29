import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Fields of an account's own: what they are, what each contact says of them, and by what lists filter and sort. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("accounts").addColumn("custom_fields_at", "timestamptz(3)").execute();
  await db.schema.alterTable("contacts").addColumn("custom_values", "text").execute();
  await db.schema
    .createTable("custom_fields")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("type", "text", (column) =>
      column.notNull().check(sql`type in ('text', 'number', 'date', 'choice', 'yes-no', 'link')`),
    )
    .addColumn("hint", "text")
    .addColumn("required_at", "timestamptz(3)")
    .addColumn("choices", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("retired_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("custom_fields_pk", ["account_id", "id"])
    .addForeignKeyConstraint("custom_fields_account_fk", ["account_id"], "accounts", ["account_id"])
    .execute();
  await db.schema
    .createIndex("custom_fields_by_name")
    .on("custom_fields")
    .columns(["account_id", "name_key"])
    .unique()
    .execute();
  await db.schema
    .createTable("contact_custom_values")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("field_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("value_key", binaryText(db), (column) => column.notNull())
    .addPrimaryKeyConstraint("contact_custom_values_pk", ["account_id", "field_id", "contact_id"])
    .addForeignKeyConstraint("contact_custom_values_field_fk", ["account_id", "field_id"], "custom_fields", [
      "account_id",
      "id",
    ])
    .addForeignKeyConstraint(
      "contact_custom_values_contact_fk",
      ["account_id", "contact_id"],
      "contacts",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema
      .createIndex(name)
      .on("contact_custom_values")
      .columns(["account_id", ...columns])
      .execute();
  await index("contact_custom_values_by_key", ["field_id", "value_key", "contact_id"]);
  await index("contact_custom_values_by_contact", ["contact_id"]);
}

/** Keys are compared byte by byte on both. */
function binaryText(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : ("text" as const);
}
