/** A worker: runs jobs, keeps the schedule, leaves a heartbeat, and frees the jobs of workers that died. */
import { newId } from "~/platform/ids.server";
import { runGraphileJobs } from "~/platform/queue/graphile-runner.server";
import { beat, bury, buryTheDead, thisMachine, type WorkerFacts } from "~/platform/queue/heartbeats.server";
import { freeForgotten } from "~/platform/queue/locks.server";
import { type JobTable, type Performer, performerOf, type WorkerWorld } from "~/platform/queue/perform.server";
import { type Runner } from "~/platform/queue/runner.server";
import { enqueueDue, type Schedule } from "~/platform/queue/schedule.server";
import { runSqliteJobs } from "~/platform/queue/sqlite-runner.server";
import { type TaskCatalogue } from "~/platform/queue/tasks";
import { type InstallationScope } from "~/platform/scope.server";
import { later } from "~/platform/time";

export interface WorkerTimes {
  /** How often an idle worker looks for what has become due. */
  pollMs: number;
  /** How often it leaves its heartbeat, looks for dead workers and at the schedule. */
  beatMs: number;
  /** Without a heartbeat for this long a worker has lost its jobs. Many times `beatMs`. */
  deadAfterMs: number;
  /** When stopping: how long jobs may go on before they are asked to end. */
  abortAfterMs: number;
  /** When stopping: how long to wait in all. Less than the process' hard exit. */
  giveUpAfterMs: number;
}

const usualTimes: WorkerTimes = {
  pollMs: 500,
  beatMs: 10_000,
  deadAfterMs: 60_000,
  abortAfterMs: 15_000,
  giveUpAfterMs: 40_000,
};

export interface WorkerOptions extends Partial<WorkerTimes> {
  catalogue: TaskCatalogue;
  jobs: JobTable;
  schedules?: readonly Schedule[];
  /** How many jobs run at once. */
  concurrency?: number;
  /** Where process ids mean something, if not here: for tests. */
  machine?: string;
}

export interface Worker {
  id: string;
  /** Takes no more jobs, lets those that run finish, asks them to end after a while, and frees what is left. */
  stop(): Promise<void>;
  /** Rejects when the worker can not go on: the process must end, to be started anew. */
  failed: Promise<never>;
}

const CONCURRENCY = 2;

/** @throws Error when the catalogue and the jobs are not the same names. */
function refuseDisagreement(catalogue: TaskCatalogue, jobs: JobTable): void {
  const orphans = Object.keys(catalogue).filter((task) => !(task in jobs));
  const strays = Object.keys(jobs).filter((task) => !(task in catalogue));
  if (orphans.length > 0) throw new Error(`Tasks of the catalogue without a job: ${orphans.join(", ")}`);
  if (strays.length > 0) throw new Error(`Jobs that the catalogue does not list: ${strays.join(", ")}`);
}

function installationScope(world: WorkerWorld): InstallationScope {
  const { database, clock, log, keys } = world;
  return {
    kind: "installation",
    db: database.forInstallation(),
    database,
    clock,
    log,
    keys,
    requestId: newId(),
    address: null,
  };
}

/** The first heartbeat is left before this returns. The database must be migrated. */
export async function startQueueWorker(world: WorkerWorld, options: WorkerOptions): Promise<Worker> {
  const { catalogue, jobs, schedules = [], concurrency = CONCURRENCY, machine = thisMachine() } = options;
  const times = { ...usualTimes, ...options };
  refuseDisagreement(catalogue, jobs);
  const performer = performerOf(world, catalogue, jobs);
  const start = world.database.dialect === "sqlite" ? runSqliteJobs : runGraphileJobs;
  const { pollMs } = times;
  const runner = await start({ world, tasks: Object.keys(catalogue), performer, concurrency, pollMs });
  const self: WorkerFacts = { id: runner.workerId, machine, pid: process.pid };
  const heart = startHeart(world, self, schedules, times, performer);
  await heart.first;
  world.log.info({ workerId: self.id, names: Object.keys(catalogue) }, "Waiting for work");
  let stopped: Promise<void> | undefined;

  return {
    id: self.id,
    failed: Promise.race([heart.failed, endedByItself(runner, () => stopped !== undefined)]),
    stop: () =>
      (stopped ??= stopOrderly(runner, times, () => performer.abortAll("The worker is stopping")).then(async () => {
        await heart.stop();
        await bury(world.database, [self.id]);
      })),
  };
}

async function endedByItself(runner: Runner, isStopping: () => boolean): Promise<never> {
  await runner.ended;
  // Ended in order: nothing more will ever be said.
  if (isStopping()) return new Promise<never>(() => undefined);
  throw new Error("The job runner ended by itself");
}

/** Resolves when all jobs have ended, or after `giveUpAfterMs`. */
async function stopOrderly(runner: Runner, times: WorkerTimes, abort: () => void): Promise<void> {
  const ask = setTimeout(abort, times.abortAfterMs);
  let giveUp: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    giveUp = setTimeout(resolve, times.giveUpAfterMs);
  });
  try {
    await Promise.race([runner.stop(), patience]);
  } finally {
    clearTimeout(ask);
    clearTimeout(giveUp);
  }
}

interface Heart {
  first: Promise<void>;
  /** Rejects when the heart stood still for so long that others have taken this worker's jobs. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

function startHeart(
  world: WorkerWorld,
  self: WorkerFacts,
  schedules: readonly Schedule[],
  { beatMs, deadAfterMs }: WorkerTimes,
  performer: Performer,
): Heart {
  const { database, clock, log } = world;
  const now = () => Date.parse(clock.now());
  let lastBeat = now();
  let timer: NodeJS.Timeout | undefined;
  let current = Promise.resolve();
  let stopped = false;
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));

  async function once(): Promise<void> {
    if (now() - lastBeat > deadAfterMs) {
      performer.abortAll("This worker has lost its jobs");
      return fail(new Error("The worker stood still for so long that others have taken its jobs"));
    }
    const began = now();
    await beat(database, self, clock.now());
    lastBeat = began;
    const dead = await buryTheDead(database, self, { clock, deadAfterMs });
    if (dead.length > 0) log.warn({ names: dead }, "Freed the jobs of workers that died");
    await freeForgotten(database, self.id, performer.runningIds(), later(clock.now(), -deadAfterMs));
    const names = await enqueueDue(installationScope(world), schedules);
    if (names.length > 0) log.info({ names }, "Enqueued what was due");
  }

  function next(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      // An outage: the next beat tries again, and after `deadAfterMs` without one the worker fails.
      current = once()
        .catch((error: unknown) => log.warn({ error }, "No heartbeat could be left"))
        .then(next);
    }, beatMs);
  }

  return {
    first: once().then(next),
    failed,
    stop() {
      stopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}
