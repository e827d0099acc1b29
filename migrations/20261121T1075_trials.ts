import { type Kysely, sql } from "kysely";

/** What an import would do, said before it: one trial a run, of the very settings that it was made with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("trials")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("settings_hash", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('queued', 'running', 'done', 'failed')`),
    )
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("total_count", "integer")
    .addColumn("read_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("result", "text")
    .addColumn("rows_digest", "text")
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("trials_pk", ["account_id", "run_id"])
    .addForeignKeyConstraint("trials_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"], (key) =>
      key.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("trials_by_digest")
    .on("trials")
    .columns(["account_id", "rows_digest"])
    .where(sql.ref("rows_digest"), "is not", null)
    .execute();
  await db.schema
    .createIndex("trials_at_work")
    .on("trials")
    .columns(["account_id", "state"])
    .where(sql.ref("state"), "in", [sql.lit("queued"), sql.lit("running")])
    .execute();
  await db.schema
    .alterTable("accounts")
    .addColumn("import_ask_percent", "integer", (column) => column.notNull().defaultTo(33))
    .execute();
}
