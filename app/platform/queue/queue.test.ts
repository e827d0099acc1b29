import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isId, newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { listJobs, queueHealth } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { startQueueWorker, type Worker, type WorkerOptions } from "~/platform/queue/worker.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { accountOf, installationOf, tryTasks, until, workerWorld } from "~/testing/try-tasks";

type Note = (payload: { noteId: string }, context: JobContext) => Promise<void>;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

describe.each(databases)("the queue on %s", (engine) => {
  let database: TestDatabase;
  const workers: Worker[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    // Jobs that a test leaves behind must not run in the next.
    for (const { id } of await listJobs(installationOf(database))) await remove(id);
  });
  afterAll(() => database.close());

  async function remove(id: string): Promise<void> {
    const { sql } = await import("kysely");
    await (
      engine === "sqlite"
        ? sql`delete from jobs where id = ${id}`
        : sql`delete from graphile_worker._private_jobs where id = ${id}::bigint`
    ).execute(database.unguarded);
  }

  async function work(note: Note, options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = await startQueueWorker(workerWorld(database), {
      catalogue: tryTasks,
      jobs: { try_note: note, try_wait: async () => undefined },
      pollMs: 50,
      ...options,
    });
    workers.push(worker);
    return worker;
  }

  const jobs = () => listJobs(installationOf(database));

  test("a job enqueued in a transaction runs once, with its payload and context, and is gone", async () => {
    const scope = accountOf(database);
    const noteId = newId();
    const seen: [{ noteId: string }, JobContext][] = [];
    await inTransaction(scope, (scope) => enqueue(scope, "try_note", { noteId }));
    await work(async (payload, context) => void seen.push([payload, context]));

    await until(async () => (await jobs()).length === 0);
    expect(seen.map(([payload]) => payload)).toEqual([{ noteId }]);
    const context = seen[0]?.[1] as JobContext;
    expect(context).toMatchObject({ kind: "installation", attempt: 1, maxAttempts: 25, address: null });
    expect(isId(context.requestId)).toBe(true);
    expect(context.signal.aborted).toBe(false);
  });

  test("a job of a transaction that is rolled back never was", async () => {
    const scope = accountOf(database);
    const failing = inTransaction(scope, async (scope) => {
      await enqueue(scope, "try_note", { noteId: newId() });
      throw new Error("The command failed after all");
    });
    await expect(failing).rejects.toThrow("after all");
    expect(await jobs()).toEqual([]);
  });

  test("a job with the key of a waiting one replaces it", async () => {
    const scope = accountOf(database);
    const [first, second] = [newId(), newId()];
    const ids = [
      await enqueue(scope, "try_note", { noteId: first }, { jobKey: "note", runAt: soon(60_000) }),
      await enqueue(scope, "try_note", { noteId: second }, { jobKey: "note" }),
    ];
    expect(ids[0]).toBe(ids[1]);
    const seen: string[] = [];
    await work(async ({ noteId }) => void seen.push(noteId));
    await until(async () => (await jobs()).length === 0);
    expect(seen).toEqual([second]);
  });

  test("the same key in two accounts is two jobs", async () => {
    for (const scope of [accountOf(database), accountOf(database)]) {
      await enqueue(scope, "try_note", { noteId: newId() }, { jobKey: "note" });
    }
    expect(await jobs()).toHaveLength(2);
  });

  test("a job with the key of a running one runs after it, one at a time when both name a queue", async () => {
    const scope = accountOf(database);
    const notes = [newId(), newId()];
    const events: string[] = [];
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await work(async ({ noteId }) => {
      const name = notes.indexOf(noteId);
      events.push(`begin ${name}`);
      if (name === 0) await gate;
      events.push(`end ${name}`);
    });
    const options = { jobKey: "note", queueName: "notes" };
    await enqueue(scope, "try_note", { noteId: notes[0] as string }, options);
    await until(() => events.length === 1);
    await enqueue(scope, "try_note", { noteId: notes[1] as string }, options);
    await wait(300);
    expect(events).toEqual(["begin 0"]);
    go();
    await until(async () => (await jobs()).length === 0);
    expect(events).toEqual(["begin 0", "end 0", "begin 1", "end 1"]);
  });

  test("a running job that was succeeded by key is not tried again when it fails", async () => {
    const scope = accountOf(database);
    const notes = [newId(), newId()];
    const events: string[] = [];
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await work(async ({ noteId }) => {
      events.push(`begin ${notes.indexOf(noteId)}`);
      if (noteId !== notes[0]) return;
      await gate;
      throw new Error("Too late");
    });
    await enqueue(scope, "try_note", { noteId: notes[0] as string }, { jobKey: "note" });
    await until(() => events.length === 1);
    await enqueue(scope, "try_note", { noteId: notes[1] as string }, { jobKey: "note" });
    await until(() => events.includes("begin 1"));
    go();
    await until(async () => (await jobs()).every(({ state }) => state === "failed"));
    expect(events).toEqual(["begin 0", "begin 1"]);
  });

  test("jobs of one queue never overlap, those of others do", async () => {
    const scope = accountOf(database);
    let inQueue = 0;
    let atOnce = 0;
    let [mostInQueue, mostAtOnce] = [0, 0];
    const queued = new Set<string>();
    await work(
      async ({ noteId }) => {
        atOnce++;
        if (queued.has(noteId)) inQueue++;
        [mostInQueue, mostAtOnce] = [Math.max(mostInQueue, inQueue), Math.max(mostAtOnce, atOnce)];
        await wait(60);
        atOnce--;
        if (queued.has(noteId)) inQueue--;
      },
      { concurrency: 4 },
    );
    await inTransaction(scope, async (scope) => {
      for (let i = 0; i < 5; i++) {
        const noteId = newId();
        queued.add(noteId);
        await enqueue(scope, "try_note", { noteId }, { queueName: "notes" });
        await enqueue(scope, "try_note", { noteId: newId() });
      }
    });
    await until(async () => (await jobs()).length === 0);
    expect(mostInQueue).toBe(1);
    expect(mostAtOnce).toBeGreaterThan(1);
  });

  test("a job waits for its time", async () => {
    const scope = accountOf(database);
    const runAt = soon(700);
    await enqueue(scope, "try_note", { noteId: newId() }, { runAt });
    expect(await jobs()).toMatchObject([{ state: "later", runAt }]);
    let ranAt = "";
    await work(async () => void (ranAt = new Date().toISOString()));
    await until(() => ranAt !== "");
    expect(ranAt >= runAt).toBe(true);
  });

  test("a smaller priority runs first", async () => {
    const scope = accountOf(database);
    const order: string[] = [];
    const notes = new Map<string, number>();
    for (const priority of [5, 0, -5]) {
      const noteId = newId();
      notes.set(noteId, priority);
      await enqueue(scope, "try_note", { noteId }, { priority });
    }
    await work(async ({ noteId }) => void order.push(String(notes.get(noteId))), { concurrency: 1 });
    await until(() => order.length === 3);
    expect(order).toEqual(["-5", "0", "5"]);
  });

  test("a failed job is tried again after 2.7 s, and keeps its error without personal data", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_note", { noteId: newId() });
    const attempts: [number, number][] = [];
    await work(async (_, { attempt }) => {
      attempts.push([attempt, performance.now()]);
      if (attempt === 1) throw new Error("No answer for folasade.adebayo@example.org from https://u:secret@host/");
    });
    await until(async () => (await jobs()).some(({ lastError }) => lastError !== null));
    const [job] = await jobs();
    expect(job).toMatchObject({ state: "later", attempts: 1, maxAttempts: 25 });
    expect(job?.lastError).toBe("Error: No answer for [email] from https://[removed]@host/");
    await until(async () => (await jobs()).length === 0);
    expect(attempts.map(([attempt]) => attempt)).toEqual([1, 2]);
    const pauseMs = (attempts[1]?.[1] ?? 0) - (attempts[0]?.[1] ?? 0);
    expect(pauseMs).toBeGreaterThan(2_600);
    expect(pauseMs).toBeLessThan(15_000);
  });

  test("the last attempt's failure stays, for a person to see", async () => {
    const scope = accountOf(database);
    await enqueue(scope, "try_note", { noteId: newId() }, { maxAttempts: 1 });
    await work(async () => {
      throw Object.assign(new Error("duplicate key: Folasade Adebayo"), { code: "23505", severity: "ERROR" });
    });
    await until(async () => (await jobs()).some(({ state }) => state === "failed"));
    expect(await jobs()).toMatchObject([{ task: "try_note", attempts: 1, lastError: "Error 23505" }]);
    expect(await queueHealth(installationOf(database))).toMatchObject({
      failed: 1,
      waiting: 0,
      running: 0,
      workers: 1,
    });
  });

  test("a payload with more than ids, or of another account, is not taken", async () => {
    const scope = accountOf(database);
    await expect(enqueue(scope, "try_note", { noteId: "Folasade Adebayo" })).rejects.toThrow("ids, whole numbers");
    const foreign = { noteId: newId(), accountId: newId() };
    await expect(enqueue(scope, "try_note", foreign)).rejects.toThrow("for another");
    // @ts-expect-error -- what the catalogue does not say does not compile
    await expect(enqueue(scope, "try_note", { noteId: newId(), note: { text: 1 } })).rejects.toThrow("short words");
    await expect(enqueue(scope, "try_note", { noteId: newId() }, { jobKey: "with space" })).rejects.toThrow("job key");
    expect(await jobs()).toEqual([]);
  });

  test("a payload that the catalogue does not know is refused by the worker, not run", async () => {
    const scope = accountOf(database);
    // @ts-expect-error -- as an older or newer version of the program might have written it
    await enqueue(scope, "try_note", { note: newId() });
    let ran = false;
    await work(async () => void (ran = true));
    await until(async () => (await jobs()).some(({ lastError }) => lastError !== null));
    expect(await jobs()).toMatchObject([
      { attempts: 1, lastError: "PayloadError: The payload is not what the catalogue says" },
    ]);
    expect(ran).toBe(false);
  });

  test("two workers never run one job at once, nor twice", async () => {
    const scope = accountOf(database);
    const runs = new Map<string, number>();
    const note: Note = async ({ noteId }) => {
      runs.set(noteId, (runs.get(noteId) ?? 0) + 1);
      await wait(5);
    };
    await inTransaction(scope, async (scope) => {
      for (let i = 0; i < 60; i++) await enqueue(scope, "try_note", { noteId: newId() });
    });
    await Promise.all([work(note), work(note)]);
    await until(async () => (await jobs()).length === 0);
    expect(runs.size).toBe(60);
    expect([...runs.values()].every((count) => count === 1)).toBe(true);
  });

  test("enqueuing under one key while workers take it loses nothing", async () => {
    const scope = accountOf(database);
    const last = newId();
    let latest = "";
    await work(async ({ noteId }) => void (latest = noteId));
    for (let i = 0; i < 30; i++) await enqueue(scope, "try_note", { noteId: newId() }, { jobKey: "note" });
    await enqueue(scope, "try_note", { noteId: last }, { jobKey: "note" });
    await until(async () => (await jobs()).every(({ state }) => state === "failed"));
    expect(latest).toBe(last);
  });
});

test("a worker does not start when the catalogue and the jobs disagree", async () => {
  const database = await openTestDatabase("sqlite");
  const world = workerWorld(database);
  const note = async () => undefined;
  await expect(startQueueWorker(world, { catalogue: tryTasks, jobs: { try_note: note } })).rejects.toThrow("try_wait");
  const jobs = { try_note: note, try_wait: note, try_more: note };
  await expect(startQueueWorker(world, { catalogue: tryTasks, jobs })).rejects.toThrow("try_more");
  await database.close();
});
