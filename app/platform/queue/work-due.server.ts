/** A worker for a while: works off what is due, for a host where none runs all the time. */
import { setTimeout as delay } from "node:timers/promises";
import { type Database } from "~/platform/db/database.server";
import { type JobTable, type WorkerWorld } from "~/platform/queue/perform.server";
import { type Job } from "~/platform/queue/tasks";
import { startQueueWorker, type WorkerOptions } from "~/platform/queue/worker.server";
import { SECOND_MS } from "~/platform/time";

export interface Worked {
  /** Jobs by how they ended; `interrupted`: the time was over, they go on the next time from where they stood. */
  done: number;
  failed: number;
  interrupted: number;
  /** How long it took. */
  seconds: number;
}

export interface WorkLimits {
  /** For how long jobs are taken. */
  takeMs: number;
  /** After that: how long those that run may go on, and when they are left to whoever finds them. */
  abortAfterMs: number;
  giveUpAfterMs: number;
}

/** Fifty seconds in all, since hosts and cron services end a request after a minute. */
const usualLimits: WorkLimits = {
  takeMs: 38 * SECOND_MS,
  abortAfterMs: 4 * SECOND_MS,
  giveUpAfterMs: 10 * SECOND_MS,
};

const POLL_MS = 200;
/** Several looks at an empty queue. */
const IDLE_MS = 1_500;

const atWork = new WeakSet<Database>();

/** Null: this process is at it already. Other processes may be as well: the queue gives each job to one of them. */
export async function workDue(
  world: WorkerWorld,
  options: Pick<WorkerOptions, "catalogue" | "jobs" | "schedules">,
  limits: WorkLimits = usualLimits,
): Promise<Worked | null> {
  if (atWork.has(world.database)) return null;
  atWork.add(world.database);
  try {
    return await work(world, options, limits);
  } finally {
    atWork.delete(world.database);
  }
}

async function work(
  world: WorkerWorld,
  { catalogue, jobs, schedules = [] }: Pick<WorkerOptions, "catalogue" | "jobs" | "schedules">,
  { takeMs, ...limits }: WorkLimits,
): Promise<Worked> {
  const beganAt = performance.now();
  const tally = { running: 0, done: 0, failed: 0, interrupted: 0, movedAt: beganAt };
  const worker = await startQueueWorker(world, {
    ...{ catalogue, schedules, pollMs: POLL_MS, ...limits },
    jobs: counted(jobs, tally),
  });
  let failure: unknown;
  worker.failed.catch((error: unknown) => (failure = error));
  const isIdle = () => tally.running === 0 && performance.now() - tally.movedAt > IDLE_MS;
  while (!failure && !isIdle() && performance.now() - beganAt < takeMs) await delay(POLL_MS);
  await worker.stop();
  if (failure) throw failure;
  const { done, failed, interrupted } = tally;
  return { done, failed, interrupted, seconds: Math.round((performance.now() - beganAt) / SECOND_MS) };
}

interface Tally extends Omit<Worked, "seconds"> {
  running: number;
  /** When a job was last taken or ended. */
  movedAt: number;
}

function counted(jobs: JobTable, tally: Tally): JobTable {
  const counting =
    (job: Job): Job =>
    async (payload, context) => {
      tally.running += 1;
      tally.movedAt = performance.now();
      try {
        await job(payload, context);
        tally.done += 1;
      } catch (error) {
        tally[context.signal.aborted ? "interrupted" : "failed"] += 1;
        throw error;
      } finally {
        tally.running -= 1;
        tally.movedAt = performance.now();
      }
    };
  return Object.fromEntries(Object.entries(jobs).map(([task, job]) => [task, counting(job)]));
}
