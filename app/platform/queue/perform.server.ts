/** Runs one taken job, the same way on both engines: payload checked, context made, outcome said in the log. */
import { describeError } from "~/platform/log-error.server";
import { newId } from "~/platform/ids.server";
import { type Job, type JobContext, type TaskCatalogue } from "~/platform/queue/tasks";
import { type World } from "~/platform/world.server";

/** What a worker needs of the world. */
export type WorkerWorld = Pick<World, "database" | "clock" | "log" | "keys"> & Pick<JobContext, "env">;

export type JobTable = Readonly<Record<string, Job>>;

export interface RunningJob {
  id: string;
  task: string;
  payload: unknown;
  attempts: number;
  maxAttempts: number;
}

export type Outcome = { kind: "done" } | { kind: "failed"; lastError: string } | { kind: "interrupted" };

export interface Performer {
  perform(job: RunningJob): Promise<Outcome>;
  /** Asks every running job to end. */
  abortAll(reason: string): void;
  runningIds(): string[];
}

const MAX_ERROR_TEXT = 500;

/** What of an error is kept beside a job: no credentials, no addresses, nothing that a database or source was given. */
export function keptError(error: unknown): string {
  const { name, message, code } = describeError(error);
  const place = [name, code].filter((part) => part !== undefined).join(" ");
  return (message ? `${place}: ${message}` : place).slice(0, MAX_ERROR_TEXT);
}

class PayloadError extends Error {
  override name = "PayloadError";
}

async function run(job: RunningJob, catalogue: TaskCatalogue, jobs: JobTable, context: JobContext): Promise<void> {
  const schema = catalogue[job.task];
  const work = jobs[job.task];
  if (!schema || !work) throw new PayloadError("There is no such task");
  const payload = schema.safeParse(job.payload);
  if (!payload.success) throw new PayloadError("The payload is not what the catalogue says");
  await work(payload.data as never, context);
}

export function performerOf(world: WorkerWorld, catalogue: TaskCatalogue, jobs: JobTable): Performer {
  const controllers = new Map<AbortController, string>();

  function contextOf(job: RunningJob, signal: AbortSignal): JobContext {
    const requestId = newId();
    return {
      kind: "installation",
      database: world.database,
      db: world.database.forInstallation(),
      clock: world.clock,
      keys: world.keys,
      env: world.env,
      log: world.log.child({ requestId, jobId: job.id, task: job.task, attempt: job.attempts }),
      requestId,
      address: null,
      jobId: job.id,
      attempt: job.attempts,
      maxAttempts: job.maxAttempts,
      signal,
    };
  }

  return {
    async perform(job) {
      const controller = new AbortController();
      controllers.set(controller, job.id);
      const context = contextOf(job, controller.signal);
      const startedAt = performance.now();
      const durationMs = () => Math.round(performance.now() - startedAt);
      try {
        await run(job, catalogue, jobs, context);
        context.log.info({ durationMs: durationMs() }, "Job done");
        return { kind: "done" };
      } catch (error) {
        if (controller.signal.aborted) {
          context.log.info({ durationMs: durationMs() }, "Job interrupted");
          return { kind: "interrupted" };
        }
        const isLast = job.attempts >= job.maxAttempts;
        const message = isLast ? "Job failed for good" : "Job failed and is tried again";
        context.log.error({ error, durationMs: durationMs() }, message);
        return { kind: "failed", lastError: keptError(error) };
      } finally {
        controllers.delete(controller);
      }
    },
    abortAll(reason) {
      for (const controller of controllers.keys()) controller.abort(new Error(reason));
    },
    runningIds: () => [...controllers.values()],
  };
}
