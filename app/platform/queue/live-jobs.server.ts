import "~/platform/queue/tables";
import { sql } from "kysely";
import { jobKeyOf } from "~/platform/queue/enqueue.server";
import { type TaskName } from "~/platform/queue/tasks";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

const jobsOf = {
  sqlite: sql`select job_key as key, locked_by, attempts, max_attempts from jobs`,
  postgres: sql`select key, locked_by, attempts, max_attempts from graphile_worker.jobs`,
};

/** Whether a job of this key is running, or will. Asked of the runner's own tables, so not within a transaction. */
export async function isAwaited(scope: Scope | InstallationScope, task: TaskName, jobKey: string): Promise<boolean> {
  const { dialect, unguarded } = scope.database;
  const { rows } = await sql`select 1 from (${jobsOf[dialect]}) as jobs
    where key = ${jobKeyOf(scope, task, jobKey)} and (locked_by is not null or attempts < max_attempts)
    limit 1`.execute(unguarded);
  return rows.length > 0;
}
