import { type Kysely, sql } from "kysely";

/** Runs of the pipeline: what came in, what became of it, and what was refused. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeRuns(db);
  await makeRawRecords(db);
  await makeRefusedRows(db);
}

async function makeRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("runs")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull().check(sql`source in ('file')`))
    .addColumn("file_id", "uuid")
    .addColumn("file_name", "text")
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('draft', 'queued', 'running', 'done', 'attention', 'failed', 'cancelled')`),
    )
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("checkpoint", "text")
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("total_count", "integer")
    .addColumn("read_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("created_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("changed_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("same_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("refused_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("change_set_id", "uuid")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("started_by", "uuid", (column) => column.references("users.id"))
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("cancel_requested_at", "timestamptz(3)")
    .addColumn("cancel_requested_by", "uuid", (column) => column.references("users.id"))
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("runs_pk", ["account_id", "id"])
    .addForeignKeyConstraint("runs_file_fk", ["account_id", "file_id"], "files", ["account_id", "id"])
    .addForeignKeyConstraint("runs_change_set_fk", ["account_id", "change_set_id"], "change_sets", ["account_id", "id"])
    .execute();
  await db.schema.createIndex("runs_by_time").on("runs").columns(["account_id", "created_at", "id"]).execute();
  await db.schema.createIndex("runs_by_change_set").on("runs").columns(["account_id", "change_set_id"]).execute();
  await db.schema.createIndex("runs_by_file").on("runs").columns(["account_id", "file_id"]).execute();
  await db.schema
    .createIndex("runs_at_work")
    .on("runs")
    .columns(["account_id", "state"])
    .where(sql.ref("state"), "in", [sql.lit("queued"), sql.lit("running")])
    .execute();
  await db.schema
    .createTable("run_log")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("run_log_pk", ["account_id", "run_id", "id"])
    .addForeignKeyConstraint("run_log_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"])
    .execute();
}

async function makeRawRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("raw_records")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("payload", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) =>
      column.notNull().check(sql`outcome in ('new', 'changed', 'kept', 'same', 'refused')`),
    )
    .addColumn("subject_id", "uuid")
    .addPrimaryKeyConstraint("raw_records_pk", ["account_id", "id"])
    .addForeignKeyConstraint("raw_records_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"])
    .execute();
  await db.schema
    .createIndex("raw_records_by_position")
    .on("raw_records")
    .columns(["account_id", "run_id", "position"])
    .unique()
    .execute();
  await db.schema
    .createIndex("raw_records_same")
    .on("raw_records")
    .columns(["account_id", "run_id", "subject_id"])
    .where(sql.ref("outcome"), "=", sql.lit("same"))
    .execute();
}

async function makeRefusedRows(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("refused_rows")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("column_name", "text")
    .addColumn("value", "text")
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("refused_rows_pk", ["account_id", "run_id", "position", "ordinal"])
    .addForeignKeyConstraint("refused_rows_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"])
    .execute();
}
