import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * Background work. On Postgres the jobs themselves are graphile-worker's, in a schema of its own that
 * app/platform/queue/graphile-jobs.server.ts makes. See docs/decisions/004-our-own-queue-on-sqlite.md.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("heartbeats")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("machine", "text", (column) => column.notNull())
    .addColumn("pid", "integer", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("beat_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("schedules")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("pattern", "text", (column) => column.notNull())
    .addColumn("next_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("last_at", "timestamptz(3)")
    .execute();
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) await makeJobs(db);
}

async function makeJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("jobs")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("task", "text", (column) => column.notNull())
    .addColumn("payload", "text", (column) => column.notNull())
    .addColumn("job_key", "text", (column) => column.unique())
    .addColumn("queue_name", "text")
    .addColumn("priority", "integer", (column) => column.notNull())
    .addColumn("run_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("max_attempts", "integer", (column) => column.notNull())
    .addColumn("last_error", "text")
    .addColumn("locked_by", "text")
    .addColumn("locked_at", "timestamptz(3)")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await sql`create index jobs_waiting on jobs (priority, run_at, id) where locked_by is null`.execute(db);
  await sql`create index jobs_running on jobs (locked_by, queue_name) where locked_by is not null`.execute(db);
  // Commands of an account enqueue in their own transaction, through their own scope.
  await sql`insert into table_access (table_name, access) values ('jobs', 'accounts-write')`.execute(db);
}
