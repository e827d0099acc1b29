/** What the queue looks like: for the operator's health page, for `/readyz`, and what is to be tidied away. */
import "~/platform/queue/tables";
import { sql } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, later, SECOND_MS } from "~/platform/time";

export interface JobFacts {
  id: string;
  task: string;
  /** `later`: not due yet. `failed`: for good, it stays for a person to see. */
  state: "running" | "waiting" | "later" | "failed";
  attempts: number;
  maxAttempts: number;
  runAt: string;
  createdAt: string;
  /** Without personal data. */
  lastError: string | null;
}

export interface QueueHealth {
  /** Workers that live. */
  workers: number;
  lastBeatAt: string | null;
  running: number;
  waiting: number;
  later: number;
  failed: number;
  /** Since when the job that has waited longest is due. */
  waitingSince: string | null;
}

/** A worker whose last heartbeat is older does not count as alive. Three of the usual ten seconds. */
const ALIVE_MS = 30 * SECOND_MS;
const FAILED_KEPT_MS = 30 * DAY_MS;
const DEFAULT_LIMIT = 100;

interface JobRow {
  id: string | number;
  task: string;
  attempts: number;
  max_attempts: number;
  run_at: string;
  created_at: string;
  last_error: string | null;
  locked_by: string | null;
}

const jobsOf = {
  sqlite: sql<JobRow>`select id, task, attempts, max_attempts, run_at, created_at, last_error, locked_by from jobs`,
  // graphile-worker's own view, which leaves out the payload.
  postgres: sql<JobRow>`select id, task_identifier as task, attempts, max_attempts, run_at::timestamptz(3) as run_at,
    created_at::timestamptz(3) as created_at, last_error, locked_by from graphile_worker.jobs`,
};

function stateOf(row: JobRow, now: string): JobFacts["state"] {
  if (row.locked_by !== null) return "running";
  if (row.attempts >= row.max_attempts) return "failed";
  return row.run_at <= now ? "waiting" : "later";
}

/** All there are, running ones first, then by when they are due. Payloads are left out. */
export async function listJobs(
  { database, clock }: InstallationScope,
  { limit = DEFAULT_LIMIT } = {},
): Promise<JobFacts[]> {
  const now = clock.now();
  const rows = sql<JobRow>`${jobsOf[database.dialect]} order by locked_by is null, run_at, id limit ${limit}`;
  return (await rows.execute(database.unguarded)).rows.map((row) => ({
    id: String(row.id),
    task: row.task,
    state: stateOf(row, now),
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    lastError: row.last_error,
  }));
}

const isDue = {
  sqlite: (now: string) => sql`run_at <= ${now}`,
  postgres: (now: string) => sql`run_at <= ${now}::timestamptz`,
};

interface Counts {
  running: number;
  failed: number;
  waiting: number;
  later: number;
  waiting_since: string | null;
}

async function countJobs({ dialect, unguarded }: Database, now: string): Promise<Counts> {
  const waits = sql`locked_by is null and attempts < max_attempts`;
  const due = isDue[dialect](now);
  const counts = sql<Counts>`select
      count(*) filter (where locked_by is not null) as running,
      count(*) filter (where locked_by is null and attempts >= max_attempts) as failed,
      count(*) filter (where ${waits} and ${due}) as waiting,
      count(*) filter (where ${waits} and not (${due})) as later,
      min(run_at) filter (where ${waits} and ${due}) as waiting_since
    from (${jobsOf[dialect]}) as all_jobs`;
  const { rows } = await counts.execute(unguarded);
  return rows[0] as Counts;
}

export async function queueHealth({ db, database, clock }: InstallationScope): Promise<QueueHealth> {
  const now = clock.now();
  const beats = await db
    .selectFrom("heartbeats")
    .select((eb) => [eb.fn.countAll<number>().as("workers"), eb.fn.max("beat_at").as("last")])
    .where("beat_at", ">", later(now, -ALIVE_MS))
    .executeTakeFirstOrThrow();
  const { waiting_since: waitingSince, ...counts } = await countJobs(database, now);
  return { workers: beats.workers, lastBeatAt: beats.last, ...counts, waitingSince };
}

/** Whether any worker lives. */
export async function hasLiveWorker({
  database,
  clock,
}: Pick<InstallationScope, "database" | "clock">): Promise<boolean> {
  const row = await database
    .forInstallation()
    .selectFrom("heartbeats")
    .select("id")
    .where("beat_at", ">", later(clock.now(), -ALIVE_MS))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const removeFailed = {
  sqlite: (until: string) => sql`delete from jobs
    where locked_by is null and attempts >= max_attempts and run_at < ${until}`,
  postgres: (until: string) => sql`delete from graphile_worker._private_jobs
    where locked_by is null and attempts >= max_attempts and run_at < ${until}::timestamptz`,
};

/** Removes jobs that failed for good more than 30 days ago, and names of queues that no job uses. */
export async function tidyQueue({ database, clock }: InstallationScope): Promise<void> {
  const { dialect, unguarded } = database;
  await removeFailed[dialect](later(clock.now(), -FAILED_KEPT_MS)).execute(unguarded);
  if (dialect !== "postgres") return;
  // As graphile-worker's own cleanup does it.
  await sql`delete from graphile_worker._private_job_queues where locked_at is null and id not in (
    select job_queue_id from graphile_worker._private_jobs where job_queue_id is not null)`.execute(unguarded);
}
