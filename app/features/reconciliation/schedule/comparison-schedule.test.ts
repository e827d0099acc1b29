/** What is due is compared: once, one at a time, and planned anew in the same stroke. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { listComparisons } from "~/features/reconciliation/runs/list-comparisons.server";
import {
  keepComparisonPlans,
  planAllComparisons,
  startDueComparison,
} from "~/features/reconciliation/schedule/plan-comparison.server";
import {
  findScheduledReconciliation,
  saveComparisonSchedule,
} from "~/features/reconciliation/schedule/save-schedule.server";
import {
  bringBackReconciliation,
  deleteReconciliation,
} from "~/features/reconciliation/set-up/delete-reconciliation.server";
import "~/platform/queue/tables";
import { type Scope } from "~/platform/scope.server";
import { type DialectName } from "~/platform/db/database.server";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { askedFor, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

const eachMorning: RunSchedule = { rhythm: { every: "day", time: "08:00" }, quiet: null };

/** A shop in Berlin with an order and its purchase. It is the tenth of June 2026, 11:00 there. */
async function shop(engine: DialectName, schedule = eachMorning) {
  const clock = testClock();
  clock.set("2026-06-10T09:00:00.000Z");
  const made = await given.scope(engine, "admin", { clock });
  const scope: Scope = { ...made, account: { ...made.account, timeZone: "Europe/Berlin" } };
  await keepShop(scope, { orders: [shopOrder(1)], rows: [purchase(1)] });
  const id = await reconciliation(scope);
  expect(await saveComparisonSchedule(scope, id, { schedule, version: 1 })).toEqual({ ok: true });
  return { scope, id };
}

const set = (scope: Scope, instant: string) => (scope.clock as TestClock).set(instant);
const nextOf = async (scope: Scope, id: string) => (await findScheduledReconciliation(scope, id))?.nextRunAt;
const runsOf = async (scope: Scope, id: string) => (await listComparisons(scope, id, null)).lines;

/** When the jobs that start it are asked for. */
async function asked({ database, account }: Scope, id: string): Promise<string[]> {
  const key = `start_comparison:${account.id}:${id}`;
  const jobs = {
    sqlite: sql<{ at: string }>`select run_at as at from jobs where job_key = ${key}`,
    postgres: sql<{ at: string }>`select run_at::timestamptz(3) as at from graphile_worker.jobs where key = ${key}`,
  };
  const { rows } = await jobs[database.dialect].execute(database.unguarded);
  return rows.map(({ at }) => at);
}

describe.each(databases)("a reconciliation that compares by itself, on %s", (engine) => {
  test("is set up and planned when its schedule is saved, and a job waits for that time", async () => {
    const { scope, id } = await shop(engine);
    expect(await findScheduledReconciliation(scope, id)).toMatchObject({
      ...{ isSetUp: true, isChosen: true, version: 2, nextRunAt: "2026-06-11T06:00:00.000Z" },
    });
    expect(await asked(scope, id)).toEqual(["2026-06-11T06:00:00.000Z"]);
  });

  test("is compared when it is due, by nobody, once though the job comes twice, and planned for the next time", async () => {
    const { scope, id } = await shop(engine);
    set(scope, "2026-06-11T06:00:01.000Z");
    const runId = await startDueComparison({ ...scope, user: null }, id);
    expect(await startDueComparison({ ...scope, user: null }, id)).toBeNull();
    const runs = await runsOf(scope, id);
    expect(runs).toMatchObject([{ id: runId, state: "queued", askedBy: null, lastDay: "2026-06-11" }]);
    expect(await asked(scope, id)).toEqual(["2026-06-12T06:00:00.000Z"]);
  });

  test("that is still at work is let pass, and one without rows is not compared", async () => {
    const { scope, id } = await shop(engine);
    await askedFor(scope, id);
    set(scope, "2026-06-11T06:00:01.000Z");
    expect(await startDueComparison(scope, id)).toBeNull();
    expect(await runsOf(scope, id)).toHaveLength(1);
    expect(await nextOf(scope, id)).toBe("2026-06-12T06:00:00.000Z");
    const empty = await reconciliation(scope, { orderOrigins: ["file:Kiln & Clay"] });
    await saveComparisonSchedule(scope, empty, { schedule: eachMorning, version: 1 });
    set(scope, "2026-06-12T06:00:01.000Z");
    expect(await startDueComparison(scope, empty)).toBeNull();
    expect([await runsOf(scope, empty), await nextOf(scope, empty)]).toEqual([[], "2026-06-13T06:00:00.000Z"]);
  });

  test("waits for the end of quiet hours that have begun meanwhile", async () => {
    const { scope, id } = await shop(engine, { ...eachMorning, quiet: { from: "20:00", until: "07:00" } });
    set(scope, "2026-06-11T19:00:00.000Z");
    expect(await startDueComparison(scope, id)).toBeNull();
    expect(await nextOf(scope, id)).toBe("2026-06-12T05:00:00.000Z");
  });

  test("whose job was lost is asked for anew by the sweep, and goes by the clocks of another place with the account", async () => {
    const { scope, id } = await shop(engine);
    const { database } = scope;
    const key = `start_comparison:${scope.account.id}:${id}`;
    const forget = {
      sqlite: sql`delete from jobs where job_key = ${key}`,
      postgres: sql`delete from graphile_worker._private_jobs where key = ${key}`,
    };
    await forget[database.dialect].execute(database.unguarded);
    set(scope, "2026-06-11T07:00:00.000Z");
    await keepComparisonPlans(scope);
    expect(await asked(scope, id)).toEqual(["2026-06-11T07:00:00.000Z"]);
    await planAllComparisons({ ...scope, account: { ...scope.account, timeZone: "America/New_York" } });
    expect(await nextOf(scope, id)).toBe("2026-06-11T12:00:00.000Z");
  });

  test("is refused a schedule by whoever has not seen what somebody else saved", async () => {
    const { scope, id } = await shop(engine);
    const late = { schedule: { rhythm: { every: "manual" }, quiet: null } as const, version: 1 };
    expect(await saveComparisonSchedule(scope, id, late)).toEqual({ ok: false, reason: "changed" });
    expect((await findScheduledReconciliation(scope, id))?.schedule).toEqual(eachMorning);
  });

  test("that is deleted compares no more, until it is brought back", async () => {
    const { scope, id } = await shop(engine);
    await askedFor(scope, id);
    await deleteReconciliation(scope, id);
    set(scope, "2026-06-11T06:00:01.000Z");
    expect(await startDueComparison(scope, id)).toBeNull();
    expect(await runsOf(scope, id)).toMatchObject([{ state: "cancelled" }]);
    await bringBackReconciliation(scope, id);
    expect(await nextOf(scope, id)).toBe("2026-06-12T06:00:00.000Z");
  });
});
