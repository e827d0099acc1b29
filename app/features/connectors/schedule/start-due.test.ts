/** What is due is started: once, one at a time, by whoever works the queue, and planned anew in the same stroke. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { pauseUndone } from "~/features/connectors/runs/pause-undone.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { keepPlans, planAll, planNext } from "~/features/connectors/schedule/plan-next.server";
import { type Rhythm, type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { findScheduled, saveSchedule, saveScheduleOfMany } from "~/features/connectors/schedule/save-schedule.server";
import { startDue } from "~/features/connectors/schedule/start-due.server";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import "~/platform/queue/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, runOf } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const at = (rhythm: Rhythm, quiet: RunSchedule["quiet"] = null): RunSchedule => ({ rhythm, quiet });
const eachMorning = at({ every: "day", time: "07:30" });

/** The account's clocks are Berlin's: it is 4 May, 11:00. */
async function given1(engine: (typeof databases)[number], schedule: RunSchedule = eachMorning) {
  const made = await given.scope(engine, "admin", { clock: testClock() });
  const scope: Scope = { ...made, account: { ...made.account, timeZone: "Europe/Berlin" } };
  const system = smallSystem();
  system.put("people", "p1", { given: "Folasade", family: "Adebayo", email: "folasade@adebayo.example" });
  const connectorId = await connected(scope);
  await choose(scope, connectorId, schedule);
  return { scope, system, connectorId };
}

async function choose(scope: Scope, connectorId: string, schedule: RunSchedule): Promise<void> {
  const { version } = await scheduled(scope, connectorId);
  expect(await saveSchedule(scope, connectorId, { schedule, version })).toEqual({ ok: true });
}

async function scheduled(scope: Scope, connectorId: string) {
  const connector = await findScheduled(scope, connectorId);
  if (!connector) throw new Error("The connector is gone");
  return connector;
}

const nextOf = async (scope: Scope, connectorId: string) => (await scheduled(scope, connectorId)).nextRunAt;

/** When the jobs that start it are asked for, the soonest first. */
async function asked({ database, account }: Scope, connectorId: string): Promise<string[]> {
  const key = `start_due:${account.id}:${connectorId}`;
  const jobs = {
    sqlite: sql<{ at: string }>`select run_at as at from jobs where job_key = ${key}`,
    postgres: sql<{ at: string }>`select run_at::timestamptz(3) as at from graphile_worker.jobs where key = ${key}`,
  };
  const { rows } = await jobs[database.dialect].execute(database.unguarded);
  return rows.map(({ at }) => at);
}

const runsOf = async (scope: Scope, connectorId: string) =>
  scope.db
    .selectFrom("runs")
    .select(["id", "state", "started_by"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .execute();

async function setState(scope: Scope, connectorId: string, state: "on" | "paused" | "asking" | "needs-reconnecting") {
  await scope.db
    .updateTable("connectors")
    .set({ state })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
}

const set = (scope: Scope, instant: string) => (scope.clock as TestClock).set(instant);

describe.each(databases)("a connector that runs by itself, on %s", (engine) => {
  test("is planned when its schedule is saved, and a job waits for that time", async () => {
    const { scope, connectorId } = await given1(engine);
    expect(await nextOf(scope, connectorId)).toBe("2026-05-05T05:30:00.000Z");
    expect(await asked(scope, connectorId)).toEqual(["2026-05-05T05:30:00.000Z"]);
  });

  test("is started when it is due, by nobody, and planned for the next time", async () => {
    const { scope, system, connectorId } = await given1(engine);
    set(scope, "2026-05-05T05:30:01.000Z");
    const runId = await startDue({ ...scope, user: null }, connectorId, system.doors);
    expect(await runsOf(scope, connectorId)).toEqual([{ id: runId, state: "queued", started_by: null }]);
    expect(await nextOf(scope, connectorId)).toBe("2026-05-06T05:30:00.000Z");
    expect(await asked(scope, connectorId)).toEqual(["2026-05-06T05:30:00.000Z"]);
  });

  test("is started once, also when the job comes twice", async () => {
    const { scope, system, connectorId } = await given1(engine);
    set(scope, "2026-05-05T05:30:01.000Z");
    await startDue(scope, connectorId, system.doors);
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
    expect(await runsOf(scope, connectorId)).toHaveLength(1);
  });

  test("catches up once after days without a worker", async () => {
    const { scope, system, connectorId } = await given1(engine, at({ every: "hour", minute: 0 }));
    set(scope, "2026-05-07T12:20:00.000Z");
    const runId = (await startDue(scope, connectorId, system.doors)) ?? "";
    await continueSync(scope, runId, { subjects, doors: system.doors, signal: new AbortController().signal });
    expect((await runOf(scope, runId)).state).toBe("done");
    expect(await nextOf(scope, connectorId)).toBe("2026-05-07T13:00:00.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
  });

  test("that is still at work is let pass, and comes the next time", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await startSync(scope, connectorId, { doors: system.doors });
    set(scope, "2026-05-05T05:30:01.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
    expect(await runsOf(scope, connectorId)).toHaveLength(1);
    expect(await nextOf(scope, connectorId)).toBe("2026-05-06T05:30:00.000Z");
  });

  test.each(["paused", "asking", "needs-reconnecting"] as const)("is not started while it is %s", async (state) => {
    const { scope, system, connectorId } = await given1(engine);
    await setState(scope, connectorId, state);
    set(scope, "2026-05-05T05:30:01.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
    expect(await planNext(scope, connectorId)).toBeNull();
    expect(await nextOf(scope, connectorId)).toBeNull();
    await setState(scope, connectorId, "on");
    expect(await planNext(scope, connectorId)).toBe("2026-05-06T05:30:00.000Z");
    expect(await runsOf(scope, connectorId)).toEqual([]);
  });

  test("that is due within its quiet hours waits until they end", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await choose(scope, connectorId, at({ every: "day", time: "12:00" }, { from: "20:00", until: "06:00" }));
    // The worker was away from noon until the evening.
    set(scope, "2026-05-04T19:00:00.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
    expect(await nextOf(scope, connectorId)).toBe("2026-05-05T04:00:00.000Z");
    set(scope, "2026-05-05T04:00:00.000Z");
    expect(await startDue(scope, connectorId, system.doors)).not.toBeNull();
    expect(await nextOf(scope, connectorId)).toBe("2026-05-05T10:00:00.000Z");
  });

  test("is not planned any more when it is to run by hand", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await choose(scope, connectorId, at({ every: "manual" }));
    expect(await nextOf(scope, connectorId)).toBeNull();
    set(scope, "2026-05-05T05:30:01.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
  });

  test("whose job comes early by another machine's clock is asked for again, and not lost", async () => {
    const { scope, system, connectorId } = await given1(engine);
    set(scope, "2026-05-05T05:20:00.000Z");
    expect(await startDue(scope, connectorId, system.doors)).toBeNull();
    expect(await asked(scope, connectorId)).toEqual(["2026-05-05T05:30:00.000Z"]);
    set(scope, "2026-05-05T05:29:58.000Z");
    expect(await startDue(scope, connectorId, system.doors)).not.toBeNull();
    expect(await nextOf(scope, connectorId)).toBe("2026-05-06T05:30:00.000Z");
  });

  test("whose job was lost with the queue is asked for anew by the sweep, and one that waits is left", async () => {
    const { scope, connectorId } = await given1(engine);
    const { database } = scope;
    const key = `start_due:${scope.account.id}:${connectorId}`;
    const forget = {
      sqlite: sql`delete from jobs where job_key = ${key}`,
      postgres: sql`delete from graphile_worker._private_jobs where key = ${key}`,
    };
    set(scope, "2026-05-05T06:00:00.000Z");
    await keepPlans(scope);
    expect(await asked(scope, connectorId)).toEqual(["2026-05-05T05:30:00.000Z"]);
    await forget[database.dialect].execute(database.unguarded);
    await keepPlans(scope);
    expect(await asked(scope, connectorId)).toEqual(["2026-05-05T06:00:00.000Z"]);
  });

  test("goes by the clocks of another place when the account's are", async () => {
    const { scope, connectorId } = await given1(engine);
    await planAll({ ...scope, account: { ...scope.account, timeZone: "America/New_York" } });
    expect(await nextOf(scope, connectorId)).toBe("2026-05-04T11:30:00.000Z");
  });

  test("is not planned while it is paused since its run was undone", async () => {
    const { scope, system, connectorId } = await given1(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    await continueSync(scope, started.runId, { subjects, doors: system.doors, signal: new AbortController().signal });
    await pauseUndone(scope, (await runOf(scope, started.runId)).changeSetId ?? "");
    expect(await scheduled(scope, connectorId)).toMatchObject({ state: "paused", nextRunAt: null });
  });
});

describe.each(databases)("saving a schedule on %s", (engine) => {
  test("is refused to whoever has not seen what somebody else saved", async () => {
    const { scope, connectorId } = await given1(engine);
    const late = { schedule: at({ every: "manual" }), version: 1 };
    expect(await saveSchedule(scope, connectorId, late)).toEqual({ ok: false, reason: "changed" });
    expect((await scheduled(scope, connectorId)).schedule).toEqual(eachMorning);
  });

  test("of several at once plans each that is there, by how it stands", async () => {
    const { scope, connectorId } = await given1(engine);
    const [second, paused] = [await connected(scope), await connected(scope)];
    await setState(scope, paused, "paused");
    const weekly = at({ every: "week", days: [1], time: "06:00" });
    const gone = "019aa000-0000-7000-8000-000000000000";
    expect(await saveScheduleOfMany(scope, [connectorId, second, paused, gone], weekly)).toEqual({ saved: 3 });
    expect(await scheduled(scope, second)).toMatchObject({ schedule: weekly, nextRunAt: "2026-05-11T04:00:00.000Z" });
    expect(await scheduled(scope, paused)).toMatchObject({ schedule: weekly, nextRunAt: null });
  });
});
