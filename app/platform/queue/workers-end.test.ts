/** How workers end: in order, slowly, or killed. Whatever the end, no job is lost. */
import { type ChildProcess, spawn } from "node:child_process";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enqueue } from "~/platform/queue/enqueue.server";
import { hasLiveWorker, listJobs, queueHealth } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { startQueueWorker, type Worker, type WorkerOptions } from "~/platform/queue/worker.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { accountOf, installationOf, tryTasks, until, workerWorld } from "~/testing/try-tasks";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe.each(databases)("the end of workers on %s", (engine) => {
  let database: TestDatabase;
  const workers: Worker[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    database = await openTestDatabase(engine);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await database.close();
  });

  type Wait = (payload: { seconds: number }, context: JobContext) => Promise<void>;

  async function work(job: Wait, options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = await startQueueWorker(workerWorld(database), {
      catalogue: tryTasks,
      jobs: { try_note: async () => undefined, try_wait: job },
      pollMs: 50,
      beatMs: 100,
      ...options,
    });
    workers.push(worker);
    return worker;
  }

  /** Starts a worker process and resolves when it runs a job, which it never ends. */
  async function workElsewhere(machine = ""): Promise<ChildProcess> {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "app/testing/try-worker.ts", database.url, database.appRole, machine],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    children.push(child);
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes("running"), 20_000);
    return child;
  }

  const killed = (child: ChildProcess) =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });

  const jobs = () => listJobs(installationOf(database));

  test("a stopped worker finishes what it runs and takes nothing more", async () => {
    const scope = accountOf(database);
    const ended: number[] = [];
    const worker = await work(
      async ({ seconds }) => {
        await wait(400);
        ended.push(seconds);
      },
      { concurrency: 1 },
    );
    await enqueue(scope, "try_wait", { seconds: 1 });
    await until(async () => (await jobs()).some(({ state }) => state === "running"));
    await enqueue(scope, "try_wait", { seconds: 2 });
    expect(await queueHealth(installationOf(database))).toMatchObject({ workers: 1, running: 1, waiting: 1 });
    await worker.stop();
    expect(ended).toEqual([1]);
    expect(await jobs()).toMatchObject([{ state: "waiting", attempts: 0 }]);
    expect(await hasLiveWorker(installationOf(database))).toBe(false);
  });

  test("a job that takes too long is asked to end, and is due again at once without an attempt lost", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 });
    let asked = "";
    const worker = await work(
      (_, { signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => {
            asked = (signal.reason as Error).message;
            reject(signal.reason as Error);
          }),
        ),
      { abortAfterMs: 200 },
    );
    await until(async () => (await jobs()).some(({ state }) => state === "running"));
    await worker.stop();
    expect(asked).toBe("The worker is stopping");
    expect(await jobs()).toMatchObject([{ state: "waiting", attempts: 0, lastError: null }]);
  });

  test("a job that does not listen is left behind, and is due again at once", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 });
    let end: () => void = () => undefined;
    const worker = await work(() => new Promise((resolve) => (end = resolve)), {
      abortAfterMs: 100,
      giveUpAfterMs: 300,
    });
    await until(async () => (await jobs()).some(({ state }) => state === "running"));
    await worker.stop();
    expect(await jobs()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    end();
    await wait(200);
  });

  test("the jobs of a worker killed on this machine are taken over at once, also those behind it in its queue", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 }, { queueName: "waits" });
    await enqueue(scope, "try_wait", { seconds: 2 }, { queueName: "waits" });
    const child = await workElsewhere();
    await killed(child);
    const seen: [number, number][] = [];
    await work(async ({ seconds }, { attempt }) => void seen.push([seconds, attempt]));
    await until(async () => (await jobs()).length === 0);
    expect(seen).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test("those of a worker killed on another machine, when its heart has been still for long enough", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 });
    const child = await workElsewhere("elsewhere");
    const seen: number[] = [];
    const killedAt = performance.now();
    await killed(child);
    await work(async (_, { attempt }) => void seen.push(attempt), { deadAfterMs: 3_000 });
    await until(async () => (await jobs()).length === 0);
    expect(seen).toEqual([2]);
    const afterMs = performance.now() - killedAt;
    expect(afterMs).toBeGreaterThan(1_500);
  });

  test("a job that is held by someone who never left a heartbeat is freed too", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 });
    const longAgo = "2026-01-05T09:00:00.000Z";
    await (
      engine === "sqlite"
        ? sql`update jobs set locked_by = 'nobody', locked_at = ${longAgo}`
        : sql`update graphile_worker._private_jobs set locked_by = 'nobody', locked_at = ${longAgo}::timestamptz`
    ).execute(database.unguarded);
    expect(await jobs()).toMatchObject([{ state: "running" }]);
    await work(async () => undefined);
    await until(async () => (await jobs()).length === 0);
  });

  test("a job that its worker holds without knowing is freed too, and one that it runs is not", async () => {
    const scope = accountOf(database);
    const longAgo = "2026-01-05T09:00:00.000Z";
    const seen: number[] = [];
    let end: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (end = resolve));
    const worker = await work(async ({ seconds }) => {
      seen.push(seconds);
      if (seconds === 1) await gate;
    });
    const held = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    const hold = () =>
      sql`update ${held} set locked_by = ${worker.id}, locked_at = ${sql.raw(
        engine === "sqlite" ? `'${longAgo}'` : `timestamptz '${longAgo}'`,
      )}`.execute(database.unguarded);
    await enqueue(scope, "try_wait", { seconds: 1 });
    await until(() => seen.length === 1);
    await enqueue(scope, "try_wait", { seconds: 2 }, { runAt: new Date(Date.now() + 1_000).toISOString() });
    await hold();
    await until(() => seen.length === 2);
    expect(seen).toEqual([1, 2]);
    end();
    await until(async () => (await jobs()).length === 0);
    expect(seen).toEqual([1, 2]);
  });

  test("a worker that stood still for too long asks its jobs to end and gives up", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_wait", { seconds: 1 });
    let now = () => new Date().toISOString();
    let asked = "";
    const world = { ...workerWorld(database), clock: { now: () => now() } };
    const worker = await startQueueWorker(world, {
      catalogue: tryTasks,
      pollMs: 50,
      beatMs: 100,
      jobs: {
        try_note: async () => undefined,
        try_wait: (_: unknown, { signal }: JobContext) =>
          new Promise((_, reject) =>
            signal.addEventListener("abort", () => {
              asked = (signal.reason as Error).message;
              reject(signal.reason as Error);
            }),
          ),
      },
    });
    workers.push(worker);
    await until(async () => (await jobs()).some(({ state }) => state === "running"));
    now = () => new Date(Date.now() + 3 * 60_000).toISOString();
    await expect(worker.failed).rejects.toThrow("stood still");
    expect(asked).toBe("This worker has lost its jobs");
  });

  test("a worker that ends leaves those of others alone", async () => {
    const scope = accountOf(database);
    const seen: string[] = [];
    const other = await work(async () => void seen.push("other"));
    const worker = await work(async () => void seen.push("worker"));
    await worker.stop();
    await enqueue(scope, "try_wait", { seconds: 1 });
    await until(() => seen.length === 1);
    expect(seen).toEqual(["other"]);
    expect(other.id).not.toBe(worker.id);
    await until(async () => (await jobs()).length === 0);
  });

  test.runIf(engine === "postgres")("a worker outlives the loss of all its connections", async () => {
    const seen: number[] = [];
    await enqueue(accountOf(database), "try_wait", { seconds: 0 });
    const worker = await work(async ({ seconds }) => void seen.push(seconds));
    await until(async () => (await jobs()).length === 0 && seen.length === 1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(database.unguarded);
    const scope = accountOf(database);
    await until(() =>
      enqueue(scope, "try_wait", { seconds: 1 }).then(
        () => true,
        () => false,
      ),
    );
    await until(() => seen.length === 2);
    await worker.stop();
  });

  test.runIf(engine === "postgres")("a worker that can take no jobs gives up, to be started anew", async () => {
    const worker = await work(async () => undefined);
    await sql`alter table graphile_worker._private_jobs rename to _elsewhere`.execute(database.unguarded);
    await expect(worker.failed).rejects.toThrow("No job could be taken");
    await sql`alter table graphile_worker._elsewhere rename to _private_jobs`.execute(database.unguarded);
  });
});
