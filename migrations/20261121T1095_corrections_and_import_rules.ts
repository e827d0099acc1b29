import { type Kysely, sql } from "kysely";

/**
 * Refused rows that were corrected and sent again: which run took which of them, so that each is taken once. And what an
 * account asks of the rows of an import beyond what is built in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Without a foreign key: SQLite adds none to a table that is there.
  await db.schema.alterTable("runs").addColumn("continues_run_id", "uuid").execute();
  await sql`create index runs_continuing on runs (account_id, continues_run_id) where continues_run_id is not null`.execute(
    db,
  );
  await db.schema
    .createTable("row_corrections")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("corrected_run_id", "uuid", (column) => column.notNull())
    .addColumn("corrected_position", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("row_corrections_pk", ["account_id", "run_id", "position"])
    .addForeignKeyConstraint("row_corrections_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"])
    .addForeignKeyConstraint("row_corrections_corrected_fk", ["account_id", "corrected_run_id"], "runs", [
      "account_id",
      "id",
    ])
    .execute();
  await db.schema
    .createIndex("row_corrections_by_corrected")
    .on("row_corrections")
    .columns(["account_id", "corrected_run_id"])
    .execute();
  await db.schema
    .createTable("import_rules")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("field", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) =>
      column.notNull().check(sql`kind in ('required', 'pattern', 'list', 'range')`),
    )
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("import_rules_pk", ["account_id", "id"])
    .addUniqueConstraint("import_rules_once", ["account_id", "subject", "field", "kind"])
    .execute();
}
