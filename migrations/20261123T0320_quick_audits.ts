import { type CreateTableBuilder, type Kysely, sql } from "kysely";

/** Two files that are compared without any set-up: how they are read, how far that is, and which of their rows were refused. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("reconciliations").addColumn("expires_at", "timestamptz(3)").execute();
  await table(db, "audits")
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('open', 'queued', 'reading', 'done', 'failed')`),
    )
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("audits_pk", ["account_id", "reconciliation_id"])
    .execute();
  await table(db, "audit_files")
    .addColumn("side", "text", (column) => column.notNull().check(sql`side in ('orders', 'transactions')`))
    .addColumn("file_id", "uuid")
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("row_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("refused_count", "integer", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("audit_files_pk", ["account_id", "reconciliation_id", "side"])
    .execute();
  await table(db, "audit_refusals")
    .addColumn("side", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("line", "integer", (column) => column.notNull())
    .addColumn("column_name", "text")
    .addColumn("value", "text")
    .addColumn("reason", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("audit_refusals_pk", ["account_id", "reconciliation_id", "side", "position"])
    .execute();
}

type Table = CreateTableBuilder<string, string>;

function table(db: Kysely<unknown>, name: string): Table {
  const begun = db.schema.createTable(name).addColumn("account_id", "uuid", (column) => column.notNull()) as Table;
  return begun
    .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
    .addForeignKeyConstraint(`${name}_of`, ["account_id", "reconciliation_id"], "reconciliations", [
      "account_id",
      "id",
    ]);
}
