/**
 * Who holds which job. A worker that dies holds on to what it ran: graphile-worker would free that after four hours, so
 * on both engines a worker leaves a heartbeat, and whoever lives frees what the dead have held.
 */
import "~/platform/queue/tables";
import { sql } from "kysely";
import { type Database } from "~/platform/db/database.server";

const stale = {
  sqlite: (before: string) => sql<{ id: string }>`
    select distinct j.locked_by as id from jobs j where j.locked_at < ${before}
      and not exists (select 1 from heartbeats h where h.id = j.locked_by)`,
  postgres: (before: string) => sql<{ id: string }>`
    select distinct l.locked_by as id from (
      select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
      union all
      select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null) l
    where l.locked_at < ${before}::timestamptz and not exists (select 1 from heartbeats h where h.id = l.locked_by)`,
};

/** Workers that hold jobs since before that instant and have left no heartbeat at all. */
export async function holdersWithoutHeartbeat(database: Database, before: string): Promise<string[]> {
  const { rows } = await stale[database.dialect](before).execute(database.unguarded);
  return rows.map((row) => row.id);
}

const forget = {
  sqlite: (workerId: string, running: readonly string[], before: string) => [
    sql`update jobs set locked_by = null, locked_at = null where locked_by = ${workerId} and locked_at < ${before}
      and id not in (select value from json_each(${JSON.stringify(running)}))`,
  ],
  postgres: (workerId: string, running: readonly string[], before: string) => [
    sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null
      where locked_by = ${workerId} and locked_at < ${before}::timestamptz and id <> all (${[...running]}::bigint[])`,
    sql`update graphile_worker._private_job_queues q set locked_by = null, locked_at = null
      where locked_by = ${workerId} and locked_at < ${before}::timestamptz and not exists (
        select 1 from graphile_worker._private_jobs j where j.job_queue_id = q.id and j.locked_by = ${workerId})`,
  ],
};

/**
 * Frees what a living worker has held since before that instant without running it: when the connection broke between
 * the database's taking of a job and its answer, the worker never heard that it has it.
 */
export async function freeForgotten(
  database: Database,
  workerId: string,
  running: readonly string[],
  before: string,
): Promise<void> {
  for (const statement of forget[database.dialect](workerId, running, before)) {
    await statement.execute(database.unguarded);
  }
}

/** Frees the jobs and queues of workers that are gone: they are due again at once, and the attempt has counted. */
export async function freeJobsOf(database: Database, workerIds: readonly string[]): Promise<void> {
  if (workerIds.length === 0) return;
  const { dialect, unguarded: db } = database;
  if (dialect === "postgres") {
    await sql`select graphile_worker.force_unlock_workers(${[...workerIds]}::text[])`.execute(db);
    return;
  }
  await db.updateTable("jobs").set({ locked_by: null, locked_at: null }).where("locked_by", "in", workerIds).execute();
}
