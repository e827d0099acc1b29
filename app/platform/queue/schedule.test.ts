import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "~/platform/db/open.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { enqueueDue, type Schedule } from "~/platform/queue/schedule.server";
import { startQueueWorker } from "~/platform/queue/worker.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { installationOf, tryTasks, until, workerWorld } from "~/testing/try-tasks";

describe.each(databases)("the schedule on %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  const entry = (name: string, pattern = "17 * * * *"): Schedule => ({
    name,
    pattern,
    task: "try_wait",
    payload: { seconds: 1 },
  });
  const at = (now: string) => installationOf(database, { now: () => now });

  test("an entry is enqueued at its time, not before, and once", async () => {
    const hourly = [entry("hourly")];
    expect(await enqueueDue(at("2026-11-21T10:00:00.000Z"), hourly)).toEqual([]);
    expect(await enqueueDue(at("2026-11-21T10:16:59.000Z"), hourly)).toEqual([]);
    expect(await enqueueDue(at("2026-11-21T10:17:00.000Z"), hourly)).toEqual(["hourly"]);
    expect(await enqueueDue(at("2026-11-21T10:17:10.000Z"), hourly)).toEqual([]);
    expect(await enqueueDue(at("2026-11-21T11:17:03.000Z"), hourly)).toEqual(["hourly"]);
  });

  test("two workers that look at the same moment enqueue it once", async () => {
    const nightly = [entry("nightly", "0 3 * * *")];
    await enqueueDue(at("2026-11-21T10:00:00.000Z"), nightly);
    const second = await openDatabase({
      url: database.url,
      dataDir: "",
      appRole: database.appRole,
      log: { warn: () => {} },
    });
    const scopes = [at("2026-11-22T03:00:00.000Z"), { ...at("2026-11-22T03:00:00.000Z"), database: second }].map(
      (scope) => ({ ...scope, db: scope.database.forInstallation() }),
    );
    const names = await Promise.all(scopes.map((scope) => enqueueDue(scope, nightly)));
    expect(names.flat()).toEqual(["nightly"]);
    await second.close();
  });

  test("what was missed in a downtime is caught up with once", async () => {
    const hourly = [entry("missed")];
    await enqueueDue(at("2026-11-21T10:00:00.000Z"), hourly);
    expect(await enqueueDue(at("2026-11-24T09:30:00.000Z"), hourly)).toEqual(["missed"]);
    expect(await enqueueDue(at("2026-11-24T09:30:10.000Z"), hourly)).toEqual([]);
    expect(await enqueueDue(at("2026-11-24T10:17:00.000Z"), hourly)).toEqual(["missed"]);
  });

  test("a changed pattern counts from its next time", async () => {
    await enqueueDue(at("2026-11-21T10:00:00.000Z"), [entry("moved", "5 * * * *")]);
    const moved = [entry("moved", "45 * * * *")];
    expect(await enqueueDue(at("2026-11-21T10:06:00.000Z"), moved)).toEqual([]);
    expect(await enqueueDue(at("2026-11-21T10:30:00.000Z"), moved)).toEqual([]);
    expect(await enqueueDue(at("2026-11-21T10:45:00.000Z"), moved)).toEqual(["moved"]);
  });

  test("a running worker keeps the schedule", async () => {
    // Known since yesterday, so it is due now.
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
    const minutely = [entry("minutely", "* * * * *")];
    await enqueueDue(at(yesterday), minutely);
    let ran = 0;
    const worker = await startQueueWorker(workerWorld(database), {
      catalogue: tryTasks,
      jobs: { try_note: async () => undefined, try_wait: async () => void ran++ },
      schedules: minutely,
      pollMs: 50,
      beatMs: 100,
    });
    await until(
      async () => ran > 0 && (await listJobs(installationOf(database))).every(({ state }) => state !== "waiting"),
    );
    await worker.stop();
  });
});
