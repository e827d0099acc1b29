/** graphile-worker behind our `Runner`. No local queue and no batching: they raise what a crash holds back. */
import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { run, type Task, type WorkerEvents, type WorkerPool } from "graphile-worker";
import { sql } from "kysely";
import type pg from "pg";
import { graphileLogger, graphilePool } from "~/platform/queue/graphile-jobs.server";
import { type Performer, type RunningJob } from "~/platform/queue/perform.server";
import { type Runner, type RunnerOptions } from "~/platform/queue/runner.server";
import { type Database } from "~/platform/db/database.server";

/** One connection listens, one is for what is between jobs. */
const SPARE_CONNECTIONS = 2;
const SETTLE_PAUSE_MS = 10;
/** For how many polls taking jobs may fail before the worker gives up, to be started anew: 20 s at the usual pace. */
const PATIENCE_POLLS = 40;

/** What graphile-worker stores as `last_error`: its message, which has no personal data, and no stack. */
class JobError extends Error {
  override name = "JobError";
  override stack = undefined;
}

function taskOf(performer: Performer, interrupted: RunningJob[]): Task {
  return async (payload, { job }) => {
    const { id, task_identifier: task, attempts, max_attempts: maxAttempts } = job;
    const running = { id: String(id), task, payload, attempts, maxAttempts };
    const outcome = await performer.perform(running);
    if (outcome.kind === "done") return;
    if (outcome.kind === "failed") throw new JobError(outcome.lastError);
    interrupted.push(running);
    throw new JobError("Interrupted, as the worker had to end");
  };
}

/** Interrupted because the worker ends: due at once, and the attempt does not count (unless a successor stands by). */
async function giveBack({ unguarded: db }: Database, jobs: readonly RunningJob[]): Promise<void> {
  for (const { id, attempts } of jobs) {
    await sql`update graphile_worker._private_jobs set run_at = now(), last_error = null, attempts = attempts - 1
      where id = ${id}::bigint and attempts = ${attempts} and locked_at is null`.execute(db);
  }
}

/** graphile-worker does not wait for its own statement that a job is done or has failed; a pool that ends would drop it. */
async function allSettled(pool: pg.Pool): Promise<void> {
  while (pool.waitingCount > 0 || pool.totalCount > pool.idleCount) await delay(SETTLE_PAUSE_MS);
}

/**
 * Rejects when no job could be taken for a while. graphile-worker 0.17.3 tries again for ever, also where it can not
 * succeed: a connection lost during its very first query leaves it with a cached rejection (dist/taskIdentifiers.js).
 */
function lastingFailure(events: WorkerEvents, { world, pollMs }: RunnerOptions): Promise<never> {
  let failingSince: number | null = null;
  const well = () => (failingSince = null);
  events.on("worker:getJob:empty", well);
  events.on("job:start", well);
  return new Promise((_, reject) => {
    events.on("worker:getJob:error", ({ error }) => {
      if (failingSince === null) world.log.warn({ error }, "No job could be taken");
      failingSince ??= performance.now();
      if (performance.now() - failingSince > PATIENCE_POLLS * pollMs)
        reject(new Error("No job could be taken for a while"));
    });
  });
}

export async function runGraphileJobs(options: RunnerOptions): Promise<Runner> {
  const { world, tasks, performer, concurrency, pollMs } = options;
  const interrupted: RunningJob[] = [];
  const pgPool = graphilePool(world.database.url, concurrency + SPARE_CONNECTIONS, world.log);
  const events = new EventEmitter() as WorkerEvents;
  let pool: WorkerPool | undefined;
  events.once("pool:create", ({ workerPool }) => (pool = workerPool));

  const runner = await run({
    pgPool,
    events,
    concurrency,
    pollInterval: pollMs,
    taskList: Object.fromEntries(tasks.map((task) => [task, taskOf(performer, interrupted)])),
    parsedCronItems: [],
    // Signals are the process' own affair (platform/process/drain), and so is when to abort.
    noHandleSignals: true,
    logger: graphileLogger(world.log),
  });
  if (!pool) throw new Error("graphile-worker made no pool");
  const cannotTake = lastingFailure(events, options);
  return {
    workerId: pool.id,
    ended: Promise.race([runner.promise, cannotTake]),
    async stop() {
      await runner.stop();
      await allSettled(pgPool);
      await pgPool.end();
      await giveBack(world.database, interrupted);
    },
  };
}
