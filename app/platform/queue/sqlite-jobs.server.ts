/** The SQLite queue's statements. Each means what graphile-worker's statement of the same name means. */
import "~/platform/queue/tables";
import { type ExpressionBuilder, sql } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type NewJob } from "~/platform/queue/enqueue.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { later, SECOND_MS } from "~/platform/time";

export interface TakenJob {
  id: string;
  task: string;
  payload: unknown;
  attempts: number;
  maxAttempts: number;
}

/** After the tenth failure the pause stays at exp(10) s, about six hours. */
const LONGEST_BACK_OFF = 10;

/** `attempts` failed: how long until the next. 2.7 s, 7.4 s, 20 s, 55 s … */
export function backOffMs(attempts: number): number {
  return Math.round(Math.exp(Math.min(LONGEST_BACK_OFF, attempts)) * SECOND_MS);
}

/** Adds a job, in the caller's transaction if there is one. Replaces the waiting job of the same key. */
export async function addSqliteJob(scope: Scope | InstallationScope, job: NewJob): Promise<string> {
  return inTransaction(scope, async ({ db, clock }) => {
    if (job.jobKey !== null) {
      // One that runs, or has failed for good, gives up its key; if it fails now it is not tried again, as its
      // successor knows more than it does.
      await db
        .updateTable("jobs")
        .set({ job_key: null, attempts: sql`max_attempts` })
        .where("job_key", "=", job.jobKey)
        .where((eb) => eb.or([eb("locked_by", "is not", null), eb("attempts", ">=", eb.ref("max_attempts"))]))
        .execute();
    }
    const values = {
      task: job.task,
      payload: job.payload,
      queue_name: job.queueName,
      priority: job.priority,
      run_at: job.runAt,
      max_attempts: job.maxAttempts,
      attempts: 0,
      last_error: null,
    };
    const { id } = await db
      .insertInto("jobs")
      .values({ id: newId(), job_key: job.jobKey, created_at: clock.now(), ...values })
      .onConflict((conflict) => conflict.column("job_key").doUpdateSet(values))
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
}

function isDue(eb: ExpressionBuilder<Tables, "jobs">, tasks: readonly string[], now: string) {
  const sameQueue = eb
    .selectFrom("jobs as running")
    .select("running.id")
    .whereRef("running.queue_name", "=", "jobs.queue_name")
    .where("running.locked_by", "is not", null);
  return eb.and([
    eb("jobs.locked_by", "is", null),
    eb("jobs.attempts", "<", eb.ref("jobs.max_attempts")),
    eb("jobs.run_at", "<=", now),
    eb("jobs.task", "in", tasks),
    eb.or([eb("jobs.queue_name", "is", null), eb.not(eb.exists(sameQueue))]),
  ]);
}

/** Takes the next job that is due, or none. One statement, so two workers never take the same. */
export async function takeSqliteJob(
  { unguarded: db }: Database,
  workerId: string,
  tasks: readonly string[],
  now: string,
): Promise<TakenJob | null> {
  // Asked of the reader first: an idle worker does not disturb those who write.
  const next = db
    .selectFrom("jobs")
    .select("jobs.id")
    .where((eb) => isDue(eb, tasks, now))
    .orderBy("jobs.priority")
    .orderBy("jobs.run_at")
    .orderBy("jobs.id")
    .limit(1);
  if (!(await next.executeTakeFirst())) return null;
  const row = await db
    .updateTable("jobs")
    .set((eb) => ({ locked_by: workerId, locked_at: now, attempts: eb("attempts", "+", 1) }))
    .where("id", "=", next)
    .returning(["id", "task", "payload", "attempts", "max_attempts"])
    .executeTakeFirst();
  if (!row) return null;
  const { id, task, payload, attempts, max_attempts: maxAttempts } = row;
  return { id, task, payload: fromJson<unknown>(payload), attempts, maxAttempts };
}

/** Done: the row goes. Nothing happens if the worker has lost the job meanwhile. */
export async function completeSqliteJob({ unguarded: db }: Database, workerId: string, jobId: string): Promise<void> {
  await db.deleteFrom("jobs").where("id", "=", jobId).where("locked_by", "=", workerId).execute();
}

/** Failed: again after the back-off, unless it was the last attempt; then the row stays for a person to see. */
export async function failSqliteJob(
  { unguarded: db }: Database,
  workerId: string,
  job: TakenJob,
  lastError: string,
  now: string,
): Promise<void> {
  await db
    .updateTable("jobs")
    .set({ locked_by: null, locked_at: null, last_error: lastError, run_at: later(now, backOffMs(job.attempts)) })
    .where("id", "=", job.id)
    .where("locked_by", "=", workerId)
    .execute();
}

/** Interrupted because the worker ends: due at once, and the attempt does not count. */
export async function giveBackSqliteJob({ unguarded: db }: Database, workerId: string, job: TakenJob): Promise<void> {
  await db
    .updateTable("jobs")
    .set({
      locked_by: null,
      locked_at: null,
      // Unless a successor has set them to the most there may be.
      attempts: sql`case when attempts = ${job.attempts} then attempts - 1 else attempts end`,
    })
    .where("id", "=", job.id)
    .where("locked_by", "=", workerId)
    .execute();
}
