/** A source that says "later", forgets its cursors, ends the agreement or goes round in circles. */
import { describe, expect, test } from "vitest";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { sealSecrets } from "~/features/connectors/access/secrets.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { CursorExpired, GrantEnded, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { listNotices } from "~/features/notices/notices.server";
import { pauseMs } from "~/features/pipeline/sourced/wait-for-source.server";
import "~/features/connectors/tables";
import "~/platform/queue/tables";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { type TestClock } from "~/testing/given";
import { contactsOf, runOf, synced } from "~/testing/given-syncs";
import { eightPeople, begun, work, stateOf } from "~/testing/given-trouble";

describe.each(databases)("trouble at the source on %s", (engine) => {
  test("that asks for patience puts the run back into the queue with a time, and it goes on from there", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Small Ledger was asked too much.", 90_000);
    };
    const runId = await begun(scope, connectorId, system);
    const waiting = await runOf(scope, runId);
    expect(waiting).toMatchObject({
      state: "queued",
      counts: { read: 3 },
      connector: { waiting: { until: "2026-05-04T09:01:30.000Z", why: "Small Ledger was asked too much." } },
    });
    expect(waiting.log.at(-1)).toBe("Small Ledger was asked too much. It goes on at 10:01, in 1 min 30 s.");
    system.trouble = () => {};
    system.asked = 0;
    await work(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "done", counts: { read: 8, created: 8 } });
    // Of people the second and third page, and the one of companies.
    expect(system.asked).toBe(3);
  });

  test("that does not go away is given up after hours, in words", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = () => {
      throw new OutOfOrder("Small Ledger does not answer as it should.");
    };
    const runId = await begun(scope, connectorId, system);
    const times: number[] = [];
    for (let times_ = 1; (await runOf(scope, runId)).state === "queued"; times_++) {
      expect(times_).toBeLessThan(20);
      const { connector } = await runOf(scope, runId);
      times.push(Date.parse(connector?.waiting?.until ?? "") - Date.parse(scope.clock.now()));
      (scope.clock as TestClock).set(connector?.waiting?.until ?? "");
      await work(scope, runId, system);
    }
    expect(times.slice(0, 4)).toEqual([1, 2, 4, 8].map((minutes) => minutes * MINUTE_MS));
    expect(times.reduce((sum, time) => sum + time, 0)).toBeGreaterThan(6 * HOUR_MS);
    const run = await runOf(scope, runId);
    expect(run).toMatchObject({ state: "failed" });
    expect(run.problem).toBe("Small Ledger does not answer as it should. It was asked 12 times, over hours.");
  });

  test("that ended an agreement in whose place there is another by now ends nothing: the run goes on with that", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const provider = { id: "small", access: { scopes: ["contacts"] } };
    const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
    const agree = () => storeGrant(scope, { connectorId, provider, granted, whose: null, by: "session" });
    await agree();
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      system.provider.read = read;
      for await (const page of read(connection, reading)) {
        yield page;
        break;
      }
      (scope.clock as TestClock).advance(MINUTE_MS);
      await agree();
      throw new GrantEnded("Small Ledger has to be connected again.");
    };
    const runId = await begun(scope, connectorId, system);
    const waiting = await runOf(scope, runId);
    expect(waiting).toMatchObject({ state: "queued", problem: null });
    expect(waiting.log.at(-1)).toMatch(/^Small Ledger was connected anew while it was read\. It goes on at/);
    expect(await readGrant(scope, connectorId)).toMatchObject({ endedAt: null, accessToken: "a" });
    expect(await stateOf(scope, connectorId)).toBe("on");
    expect((await listNotices(scope)).map(({ title }) => title)).toEqual([]);
    await work(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "done" });
  });

  test("that refuses a key in whose place there is another by now ends nothing, either", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const enter = (key: string) =>
      scope.db
        .updateTable("connectors")
        .set({ secrets: sealSecrets(scope, connectorId, { key }) })
        .where("account_id", "=", scope.account.id)
        .where("id", "=", connectorId)
        .execute();
    await enter("an older key");
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      system.provider.read = read;
      await enter("a newer key");
      throw new GrantEnded(`Small Ledger does not take ${String(connection.secrets.key)}.`);
      yield* read(connection, reading);
    };
    const runId = await begun(scope, connectorId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "queued", problem: null });
    expect(await stateOf(scope, connectorId)).toBe("on");
    await work(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "done" });
  });

  test("that is no matter of waiting fails the run in words, and what came stays", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 3) throw new Trouble("Small Ledger sent a page of HTML. Try again later.");
    };
    const run = await runOf(scope, await begun(scope, connectorId, system));
    expect(run).toMatchObject({ state: "failed", problem: "Small Ledger sent a page of HTML. Try again later." });
    expect(await contactsOf(scope)).toHaveLength(6);
    system.trouble = () => {};
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ read: 8, created: 2, same: 6 });
  });

  test("that ends the agreement waits for somebody to connect again", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = () => {
      throw new GrantEnded("Small Ledger has to be connected again.");
    };
    const run = await runOf(scope, await begun(scope, connectorId, system));
    expect(run).toMatchObject({ state: "failed", problem: "Small Ledger has to be connected again." });
    expect(await stateOf(scope, connectorId)).toBe("needs-reconnecting");
    expect(await startSync(scope, connectorId, { doors: system.doors })).toEqual({
      ok: false,
      reason: "needs-reconnecting",
    });
  });

  test("that has forgotten the cursor is read whole in the same run, which says so", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    await synced(scope, connectorId, system);
    system.remove("people", "p7");
    system.trouble = ({ kind }) => {
      if (kind === "changes") throw new CursorExpired("It is too long ago.");
    };
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 7, same: 7 }, connector: { gone: 1, said: 7 } });
    expect(run.log).toContain(
      "The source does not know any more where the last reading ended. All people are read anew.",
    );
    system.trouble = () => {};
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ read: 0 });
  });

  test("that forgets every cursor again and again ends", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new CursorExpired("It is too long ago.");
    };
    expect(await runOf(scope, await begun(scope, connectorId, system))).toMatchObject({ state: "failed" });
  });

  test("that sends the same page for ever ends, with nothing taken for gone", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    await synced(scope, connectorId, system);
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      for await (const page of read(connection, reading)) for (;;) yield { ...page, after: { at: 3, until: 0 } };
    };
    const started = await startSync(scope, connectorId, { mode: "whole", doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    await work(scope, started.runId, system);
    expect(await runOf(scope, started.runId)).toMatchObject({ state: "failed", connector: { gone: 0 } });
    expect((await contactsOf(scope)).filter(({ isArchived }) => isArchived)).toEqual([]);
  });

  test("that repeats a page costs nothing and counts nothing twice", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      let turn = 0;
      for await (const page of read(connection, reading)) {
        yield page.after === null ? page : { ...page, after: { ...(page.after as object), again: ++turn } };
        if (page.after !== null) yield { ...page, after: { ...(page.after as object), again: ++turn } };
      }
    };
    expect(await synced(scope, connectorId, system)).toMatchObject({
      state: "done",
      counts: { read: 8, created: 8, same: 0 },
    });
    expect(await contactsOf(scope)).toHaveLength(8);
  });
});

test("pauses grow to an hour, and are as long as the source says, up to a day", () => {
  expect([0, 1, 5, 6, 30].map((waits) => pauseMs(waits, null) / MINUTE_MS)).toEqual([1, 2, 32, 60, 60]);
  expect([0, 5_000, 48 * HOUR_MS].map((asked) => pauseMs(3, asked))).toEqual([1_000, 5_000, 24 * HOUR_MS]);
});
