import { type Kysely, sql } from "kysely";

/** To whom reports are mailed, and links to them for people without an account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("report_recipients")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("often", "text", (column) => column.notNull().check(sql`often in ('each', 'week', 'month')`))
    .addColumn("added_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("added_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("report_recipients_pk", ["account_id", "id"])
    .addForeignKeyConstraint("report_recipients_of_fk", ["account_id", "reconciliation_id"], "reconciliations", [
      "account_id",
      "id",
    ])
    .execute();
  await sql`create unique index report_recipients_of
    on report_recipients (account_id, reconciliation_id, email)`.execute(db);
  await db.schema
    .createTable("report_links")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("token_hash", "text", (column) => column.notNull())
    .addColumn("recipient_id", "uuid")
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("ends_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("made_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("made_by", "uuid", (column) => column.references("users.id"))
    .addColumn("revoked_at", "timestamptz(3)")
    .addColumn("revoked_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("report_links_pk", ["account_id", "id"])
    .addForeignKeyConstraint("report_links_run_fk", ["account_id", "run_id"], "comparison_runs", ["account_id", "id"])
    .execute();
  await sql`create unique index report_links_token on report_links (account_id, token_hash)`.execute(db);
  // Each person is mailed each report once. Nobody (null) is like nobody else, so links by hand are as many as one likes.
  await sql`create unique index report_links_mailed
    on report_links (account_id, run_id, recipient_id)`.execute(db);
  await sql`create index report_links_of on report_links (account_id, reconciliation_id, id)`.execute(db);
}
