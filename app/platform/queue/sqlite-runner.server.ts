/** The small runner of the SQLite queue: some lanes, each of which takes a job, runs it, and takes the next. */
import { setTimeout as delay } from "node:timers/promises";
import { newId } from "~/platform/ids.server";
import { type Runner, type RunnerOptions } from "~/platform/queue/runner.server";
import {
  completeSqliteJob,
  failSqliteJob,
  giveBackSqliteJob,
  type TakenJob,
  takeSqliteJob,
} from "~/platform/queue/sqlite-jobs.server";

const PAUSE_AFTER_ERROR_MS = 1_000;

export function runSqliteJobs({ world, tasks, performer, concurrency, pollMs }: RunnerOptions): Runner {
  const { database, clock, log } = world;
  const workerId = newId();
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;

  /** Sleeps, or returns at once when the runner is to stop. */
  const pause = (ms: number) => delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  async function settle(job: TakenJob): Promise<void> {
    const outcome = await performer.perform(job);
    for (;;) {
      try {
        if (outcome.kind === "done") return await completeSqliteJob(database, workerId, job.id);
        if (outcome.kind === "interrupted") return await giveBackSqliteJob(database, workerId, job);
        return await failSqliteJob(database, workerId, job, outcome.lastError, clock.now());
      } catch (error) {
        // The disk is full, or someone writes for very long. If it never ends, the job is freed with its worker's end.
        log.warn({ error, jobId: job.id }, "A job's outcome could not be noted yet");
        if (isStopping()) return;
        await pause(PAUSE_AFTER_ERROR_MS);
      }
    }
  }

  async function lane(): Promise<void> {
    while (!isStopping()) {
      try {
        const job = await takeSqliteJob(database, workerId, tasks, clock.now());
        if (job) await settle(job);
        else await pause(pollMs);
      } catch (error) {
        log.warn({ error }, "No job could be taken");
        await pause(PAUSE_AFTER_ERROR_MS);
      }
    }
  }

  const lanes = Promise.all(Array.from({ length: concurrency }, lane)).then(() => undefined);
  return {
    workerId,
    ended: lanes,
    stop() {
      stopping.abort();
      return lanes;
    },
  };
}
