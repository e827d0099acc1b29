import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "~/platform/ids.server";
import { enqueue, type EnqueueOptions } from "~/platform/queue/enqueue.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { workDue, type WorkLimits } from "~/platform/queue/work-due.server";
import { later } from "~/platform/time";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { accountOf, installationOf, tryTasks, workerWorld } from "~/testing/try-tasks";

const quick: WorkLimits = { takeMs: 1_000, abortAfterMs: 200, giveUpAfterMs: 2_000 };

describe.each(databases)("working off what is due on %s", (engine) => {
  let database: TestDatabase;
  /** What this process works with: another object is another process to it. */
  const worldOf = () => workerWorld({ ...database, forInstallation: () => database.forInstallation() });

  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  const jobs = () => listJobs(installationOf(database));
  const ask = (options: EnqueueOptions = {}) => enqueue(accountOf(database), "try_note", { noteId: newId() }, options);
  const with1 = (note: (payload: { noteId: string }, context: JobContext) => Promise<void>) => ({
    catalogue: tryTasks,
    jobs: { try_note: note, try_wait: async () => undefined },
  });

  test("does all that is due, says how much it was, and leaves what is for later", async () => {
    const noted: string[] = [];
    for (let n = 0; n < 3; n++) await ask();
    await ask({ runAt: later(new Date().toISOString(), 60_000) });
    const note = async ({ noteId }: { noteId: string }) => void noted.push(noteId);
    expect(await workDue(worldOf(), with1(note))).toMatchObject({ done: 3, failed: 0, interrupted: 0 });
    expect(new Set(noted).size).toBe(3);
    expect((await jobs()).map(({ state }) => state)).toEqual(["later"]);
  });

  test("twice at once does nothing twice", async () => {
    const noted: string[] = [];
    const note = async ({ noteId }: { noteId: string }) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      noted.push(noteId);
    };
    for (let n = 0; n < 6; n++) await ask();
    const [one, other] = await Promise.all([workDue(worldOf(), with1(note)), workDue(worldOf(), with1(note))]);
    expect((one?.done ?? 0) + (other?.done ?? 0)).toBe(6);
    expect(new Set(noted).size).toBe(6);
    expect(noted).toHaveLength(6);
  });

  test("is done once at a time by a process", async () => {
    const world = worldOf();
    const first = workDue(
      world,
      with1(async () => undefined),
    );
    expect(
      await workDue(
        world,
        with1(async () => undefined),
      ),
    ).toBeNull();
    expect(await first).not.toBeNull();
    expect(
      await workDue(
        world,
        with1(async () => undefined),
        quick,
      ),
    ).toMatchObject({ done: 0 });
  });

  test("ends in time: what is still at work is asked to stop, and is due again at once", async () => {
    await ask();
    let begun = 0;
    const note = (_: object, { signal }: JobContext) => {
      begun += 1;
      return new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(new Error("Stopped"))));
    };
    const startedAt = performance.now();
    expect(await workDue(worldOf(), with1(note), quick)).toMatchObject({ done: 0, failed: 0, interrupted: 1 });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(begun).toBe(1);
    expect((await jobs()).filter(({ state }) => state === "waiting")).toMatchObject([{ attempts: 0 }]);
    expect(
      await workDue(
        worldOf(),
        with1(async () => undefined),
        quick,
      ),
    ).toMatchObject({ done: 1 });
  });
});
