import { type Kysely, sql } from "kysely";

/** Letters of campaigns: what was printed or put into a file, and where the firm itself is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("accounts")
    .addColumn("postal_address", "text", (column) => column.notNull().defaultTo(""))
    .execute();
  await db.schema
    .createTable("print_runs")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    .addColumn("kind", "text", (column) =>
      column.notNull().check(sql`kind in ('letters', 'labels', 'merge-csv', 'merge-xlsx')`),
    )
    .addColumn("state", "text", (column) =>
      column
        .notNull()
        .defaultTo("waiting")
        .check(sql`state in ('waiting', 'running', 'ready', 'marking', 'printed', 'discarded', 'failed')`),
    )
    .addColumn("who", "text", (column) => column.notNull().check(sql`who in ('not-printed', 'all', 'one')`))
    .addColumn("only_contact_id", "uuid")
    .addColumn("options", "text", (column) => column.notNull().defaultTo("{}"))
    .addColumn("asked_by", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("made_at", "timestamptz(3)")
    .addColumn("ended_at", "timestamptz(3)")
    .addColumn("ended_by", "uuid", (column) => column.references("users.id"))
    .addColumn("expires_at", "timestamptz(3)")
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("letters", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("left_out", "integer", (column) => column.notNull().defaultTo(0))
    // No foreign key: the file's id is known before the file is there.
    .addColumn("file_id", "uuid")
    .addColumn("change_set_id", "uuid")
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("print_runs_pk", ["account_id", "id"])
    .addForeignKeyConstraint("print_runs_campaign_fk", ["account_id", "campaign_id"], "campaigns", ["account_id", "id"])
    .execute();
  await db.schema
    .createIndex("print_runs_by_campaign")
    .on("print_runs")
    .columns(["account_id", "campaign_id", "id"])
    .execute();
  // Whose file has this recipient's letter: the last one.
  await db.schema.alterTable("recipients").addColumn("print_run_id", "uuid").execute();
  await sql
    .raw(
      "create index recipients_by_print_run on recipients (account_id, print_run_id, contact_id) where print_run_id is not null",
    )
    .execute(db);
}
