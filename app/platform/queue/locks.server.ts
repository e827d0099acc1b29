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
