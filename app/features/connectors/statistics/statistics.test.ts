import { describe, expect, test } from "vitest";
import { connectorStatistics } from "~/features/connectors/statistics/connector-statistics.server";
import { finding, type RunFigures, shareText, statisticsOf } from "~/features/connectors/statistics/statistics";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { Trouble } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { newId } from "~/platform/ids.server";
import { DAY_MS, later, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const now = "2026-05-04T09:00:00.000Z";
const here = { now, timeZone: "Europe/London" };

function run(daysAgo: number, changes: Partial<RunFigures> = {}, tookMs = MINUTE_MS): RunFigures {
  const startedAt = later(now, -daysAgo * DAY_MS);
  return {
    ...{ state: "done", mode: "changes", createdAt: startedAt, startedAt, finishedAt: later(startedAt, tookMs) },
    ...{ read: 10, created: 1, changed: 2, refused: 0, ...changes },
  };
}

const noTests = { good: 0, of: 0 };
const week = ({ from }: { from: string }) => from;

describe("figures of a connector", () => {
  test("count what went well of what ended; what was cancelled or is at work is neither", () => {
    const runs = [
      run(1),
      run(2),
      run(3, { state: "failed" }),
      run(4, { state: "cancelled" }),
      run(0, { state: "running" }),
    ];
    const { runs: share, read } = statisticsOf(runs, noTests, here);
    expect(shareText(share, "en-GB")).toBe("2 of 3");
    expect(read).toBe(30);
    expect(shareText(noTests, "en-GB")).toBe("none yet");
  });

  test("say how long one takes that goes well, by the one in the middle", () => {
    const took = (...minutes: number[]) => minutes.map((each) => run(1, {}, each * MINUTE_MS));
    expect(statisticsOf(took(1, 2, 300), noTests, here).medianMs).toBe(2 * MINUTE_MS);
    expect(statisticsOf(took(1, 3), noTests, here).medianMs).toBe(2 * MINUTE_MS);
    expect(statisticsOf([run(1, { state: "failed" })], noTests, here).medianMs).toBeNull();
  });

  test("stand in thirteen weeks that end today, each run in one", () => {
    const { weeks, from } = statisticsOf([run(0), run(6), run(7), run(90)], noTests, here);
    expect([from, weeks.length, weeks.at(-1)?.until]).toEqual(["2026-02-03", 13, "2026-05-04"]);
    expect(weeks.map(({ good }) => good)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });

  test("are found in a sentence", () => {
    const said = (...runs: RunFigures[]) => finding(statisticsOf(runs, noTests, here), week, "en-GB");
    const failed = (daysAgo: number) => run(daysAgo, { state: "failed" });
    expect(said()).toBe("There was no run yet.");
    expect(said(run(1))).toBe("The only run went well.");
    expect(said(run(1), run(2))).toBe("All 2 runs went well.");
    expect(said(run(1), failed(2))).toBe("1 of 2 runs went well; the other one was in the week of 2026-04-28.");
    expect(said(run(1), failed(2), failed(20), failed(30))).toBe(
      "1 of 4 runs went well; the others were in 3 different weeks.",
    );
    expect(said(run(1), failed(2), failed(3), failed(30))).toBe(
      "1 of 4 runs went well; most of the others were in the week of 2026-04-28.",
    );
  });
});

describe.each(databases)("on %s", (engine) => {
  test("a connector's runs and tests of the last weeks are counted, and no other's", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(now) });
    const [connectorId, other] = [await connected(scope), await connected(scope)];
    const system = smallSystem();
    system.put("people", "p1", { given: "Folasade", family: "Adebayo", email: "folasade@adebayo.example" });
    await synced(scope, connectorId, system);
    (scope.clock as TestClock).advance(100 * DAY_MS);
    await synced(scope, connectorId, system, { mode: "whole" });
    await synced(scope, other, system);
    system.trouble = () => {
      throw new Trouble("Small Ledger sent a page of HTML.");
    };
    await synced(scope, connectorId, system);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (started.ok) await cancelAnyRun(scope, started.runId);
    for (const problem of [null, null, "Small Ledger cannot be reached."]) {
      await scope.db
        .insertInto("connector_tests")
        .values({
          ...{ account_id: scope.account.id, id: newId(), connector_id: connectorId, at: scope.clock.now() },
          ...{ by_user_id: null, duration_ms: 120, problem },
        })
        .execute();
    }
    const statistics = await connectorStatistics(scope, connectorId);
    expect(statistics).toMatchObject({ runs: { good: 1, of: 2 }, tests: { good: 2, of: 3 }, read: 1, created: 0 });
  });
});
