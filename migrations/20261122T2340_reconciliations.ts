import { type CreateTableBuilder, type Kysely, sql } from "kysely";

/** Comparisons that are set up, what people decided for them, their runs, and what each run found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeReconciliations(db);
  await makeDecisions(db);
  await makeRuns(db);
  await makeLog(db);
  await makeFindings(db);
}

function table(db: Kysely<unknown>, name: string) {
  return db.schema.createTable(name).addColumn("account_id", "uuid", (column) => column.notNull()) as Table;
}

type Table = CreateTableBuilder<string, string>;

async function makeReconciliations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("reconciliations")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("order_sources", "text", (column) => column.notNull())
    .addColumn("analytics_origin", "text", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("reconciliations_pk", ["account_id", "id"])
    .execute();
}

async function makeDecisions(db: Kysely<unknown>): Promise<void> {
  await ofReconciliation(
    table(db, "reconciliation_decisions")
      .addColumn("id", "uuid", (column) => column.notNull())
      .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
      .addColumn("kind", "text", (column) =>
        column.notNull().check(sql`kind in ('match', 'unmatch', 'set-order-aside', 'set-row-aside')`),
      )
      .addColumn("order_key", "text")
      .addColumn("row_id", "text")
      .addColumn("reason", "text")
      .addColumn("decided_at", "timestamptz(3)", (column) => column.notNull())
      .addColumn("decided_by", "uuid", (column) => column.references("users.id"))
      .addColumn("withdrawn_at", "timestamptz(3)")
      .addColumn("withdrawn_by", "uuid", (column) => column.references("users.id")),
    "reconciliation_decisions",
  );
  await sql`create index reconciliation_decisions_of on reconciliation_decisions (account_id, reconciliation_id, id)`.execute(
    db,
  );
}

async function makeRuns(db: Kysely<unknown>): Promise<void> {
  let runs = table(db, "comparison_runs")
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("reconciliation_id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('queued', 'running', 'done', 'failed', 'cancelled')`),
    )
    .addColumn("first_day", "date", (column) => column.notNull())
    .addColumn("last_day", "date", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("phase", "text", (column) =>
      column
        .notNull()
        .defaultTo("waiting")
        .check(sql`phase in ('waiting', 'transactions', 'orders', 'comparing', 'writing')`),
    );
  for (const count of ["order_count", "row_count", "finding_count", "lease_epoch"]) {
    runs = runs.addColumn(count, "integer", (column) => column.notNull().defaultTo(0));
  }
  for (const text of ["figures", "hash", "problem", "problem_reference"]) runs = runs.addColumn(text, "text");
  for (const at of ["started_at", "finished_at", "cancel_requested_at"]) runs = runs.addColumn(at, "timestamptz(3)");
  await ofReconciliation(
    runs
      .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
      .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
      .addColumn("cancel_requested_by", "uuid", (column) => column.references("users.id")),
    "comparison_runs",
  );
  await sql`create index comparison_runs_of on comparison_runs (account_id, reconciliation_id, id)`.execute(db);
  // One at a time, though two ask for it at the same moment.
  await sql`create unique index comparison_runs_at_work on comparison_runs (account_id, reconciliation_id)
    where state in ('queued', 'running')`.execute(db);
}

async function ofReconciliation(made: Table, name: string): Promise<void> {
  await made
    .addPrimaryKeyConstraint(`${name}_pk`, ["account_id", "id"])
    .addForeignKeyConstraint(`${name}_of_fk`, ["account_id", "reconciliation_id"], "reconciliations", [
      "account_id",
      "id",
    ])
    .execute();
}

async function makeLog(db: Kysely<unknown>): Promise<void> {
  await table(db, "comparison_log")
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("comparison_log_pk", ["account_id", "run_id", "id"])
    .addForeignKeyConstraint("comparison_log_run_fk", ["account_id", "run_id"], "comparison_runs", ["account_id", "id"])
    .execute();
}

async function makeFindings(db: Kysely<unknown>): Promise<void> {
  await table(db, "findings")
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("side", "text", (column) => column.notNull().check(sql`side in ('order', 'row')`))
    .addColumn("bucket", "text", (column) => column.notNull())
    .addColumn("day", "date", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)")
    .addColumn("order_key", "text")
    .addColumn("row_id", "text")
    .addColumn("look_alike", "text")
    .addColumn("key_type", "text")
    .addColumn("payment_method", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("channel", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("cause", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("amount_minor", "bigint", (column) => column.notNull())
    .addColumn("tracked_currency", "text")
    .addColumn("tracked_minor", "bigint")
    .addColumn("duplicates", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("late_minutes", "integer")
    .addColumn("flags", "text")
    .addPrimaryKeyConstraint("findings_pk", ["account_id", "run_id", "position"])
    .addForeignKeyConstraint("findings_run_fk", ["account_id", "run_id"], "comparison_runs", ["account_id", "id"])
    .execute();
  // A tab is a bucket of one side; within it they are listed by any of these.
  for (const column of ["day", "payment_method", "amount_minor", "cause"]) {
    await sql`create index ${sql.ref(`findings_by_${column}`)}
      on findings (account_id, run_id, side, bucket, ${sql.ref(column)}, position)`.execute(db);
  }
}
