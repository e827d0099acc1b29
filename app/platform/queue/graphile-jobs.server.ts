/**
 * graphile-worker's side of the queue: its schema, and the one function through which the application's role, which may
 * touch none of its tables, adds a job.
 */
import { Logger, runMigrations } from "graphile-worker";
import { sql } from "kysely";
import pg from "pg";
import { type Database } from "~/platform/db/database.server";
import { type NewJob } from "~/platform/queue/enqueue.server";
import { type Log } from "~/platform/log.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/**
 * SECURITY DEFINER, so it runs as the login role that owns graphile-worker's schema. Under contention add_job answers
 * null (graphile/worker issue 580): a worker took the job of that key between its two statements. The next try sees it.
 */
const addJobFunction = `create or replace function tallybook_add_job(
    task text, payload text, job_key text, queue_name text, run_at timestamptz, priority integer, max_attempts integer)
  returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  added bigint;
begin
  for try in 1..20 loop
    select j.id into added from graphile_worker.add_job(identifier => task, payload => payload::json,
      queue_name => queue_name, run_at => run_at, max_attempts => max_attempts, job_key => job_key,
      priority => priority) j;
    if added is not null then
      return added::text;
    end if;
  end loop;
  raise exception 'the queue did not take the job';
end
$$`;

const signature = "tallybook_add_job(text, text, text, text, timestamptz, integer, integer)";

const loudLevels = new Set(["error", "warning"]);

/** graphile-worker's own words go to our log; a failed job has its line from us already. */
export function graphileLogger(log: Pick<Log, "debug" | "warn">): Logger {
  return new Logger(() => (level, message, meta) => {
    if (loudLevels.has(level) && !meta?.["failure"]) log.warn({ event: "graphile-worker" }, message);
    else log.debug({ event: "graphile-worker" }, message);
  });
}

/** Connections of the login role. graphile-worker parses results as node-postgres does unasked, so it has its own. */
export function graphilePool(url: string, max: number, log: Pick<Log, "warn">): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: "tallybook-worker" });
  // Without these a connection that the server ends, idle or in use, would end the process.
  const onError = (error: Error) => log.warn({ event: "database.connection-lost", error }, "Lost a connection");
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

const quiet = { debug: () => undefined, warn: () => undefined };

/** Postgres, at migration: graphile-worker's schema and our function. Changes nothing where all is as it should be. */
export async function installGraphile(database: Database): Promise<void> {
  const pgPool = graphilePool(database.url, 2, quiet);
  try {
    await runMigrations({ pgPool, logger: graphileLogger(quiet) });
  } finally {
    await pgPool.end();
  }
  const statements = [
    addJobFunction,
    `revoke execute on function ${signature} from public`,
    `grant execute on function ${signature} to "${database.appRole}"`,
  ];
  await database.unguarded.transaction().execute(async (db) => {
    // Two processes may migrate at once; a function replaced twice at the same time is an error.
    await sql`select pg_advisory_xact_lock(hashtext('tallybook_add_job'))`.execute(db);
    for (const statement of statements) await sql.raw(statement).execute(db);
  });
}

/** Adds a job in the caller's transaction. Returns its id. */
export async function addGraphileJob(scope: Scope | InstallationScope, job: NewJob): Promise<string> {
  const added = await scope.db
    .selectNoFrom(({ fn, val, cast }) =>
      fn<string>("tallybook_add_job", [
        val(job.task),
        val(job.payload),
        val(job.jobKey),
        val(job.queueName),
        cast(val(job.runAt), "timestamptz"),
        cast(val(job.priority), "integer"),
        cast(val(job.maxAttempts), "integer"),
      ]).as("id"),
    )
    .executeTakeFirstOrThrow();
  return added.id;
}
