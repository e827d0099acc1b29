/** A source that says "later", forgets its cursors, ends the agreement or goes round in circles; a worker that dies. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { sealSecrets } from "~/features/connectors/access/secrets.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { continueSync, giveUpSync, tidyRuns } from "~/features/connectors/runs/continue-sync.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { CursorExpired, GrantEnded, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { listNotices } from "~/features/notices/notices.server";
import { pauseMs } from "~/features/pipeline/sourced/wait-for-source.server";
import "~/features/connectors/tables";
import "~/platform/queue/tables";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, contactsOf, runOf, synced } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const never = new AbortController().signal;
const person = (n: number) => ({ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });

async function eightPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 8; n++) system.put("people", `p${n}`, person(n));
  return { scope, system, connectorId: await connected(scope) };
}

/** Starts a run and works at it once, as a job does. */
async function begun(scope: Scope, connectorId: string, system: SmallSystem): Promise<string> {
  const started = await startSync(scope, connectorId, { doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await work(scope, started.runId, system);
  return started.runId;
}

const work = (scope: Scope, runId: string, { doors }: SmallSystem) =>
  continueSync(scope, runId, { subjects, doors, signal: never });

/** As when a worker died as often as it was tried. */
async function forgetJobs({ database, account }: Scope): Promise<void> {
  const key = `%${account.id}%`;
  const forgetting = {
    sqlite: sql`delete from jobs where job_key like ${key}`,
    postgres: sql`delete from graphile_worker._private_jobs where key like ${key}`,
  };
  await forgetting[database.dialect].execute(database.unguarded);
}

const stateOf = async (scope: Scope, id: string) =>
  (
    await scope.db
      .selectFrom("connectors")
      .select("state")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).state;

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

describe.each(databases)("a run on %s", (engine) => {
  test("of a connector is one at a time, whoever starts it", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const starts = () => startSync(scope, connectorId, { doors: system.doors });
    const [one, other] = [await starts(), await starts()];
    expect(one.ok).toBe(true);
    expect(other).toEqual({ ok: false, reason: "at-work" });
  });

  test("that waits is cancelled at once", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Later.", HOUR_MS);
    };
    const runId = await begun(scope, connectorId, system);
    expect(await cancelAnyRun(scope, runId)).toEqual({ ok: true });
    system.trouble = () => {};
    await work(scope, runId, system);
    const run = await runOf(scope, runId);
    expect(run).toMatchObject({ state: "cancelled", counts: { read: 3 } });
    expect(run.log.at(-1)).toBe("Cancelled. Stored until then, and kept: 3 new, 0 changed, 0 the same.");
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ read: 8, created: 5, same: 3 });
  });

  test("that is cancelled ends what is still being read ahead for it", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    const { read } = system.provider;
    let end = (_why: string) => {};
    const ended = new Promise<string>((resolve) => (end = resolve));
    system.provider.read = async function* (connection, reading) {
      for await (const page of read(connection, reading)) {
        await cancelAnyRun(scope, started.runId);
        yield page;
        // As a tap that says nothing more for hours.
        await new Promise((_, reject) => {
          connection.signal.addEventListener("abort", () => reject(connection.signal.reason as Error));
        }).finally(() => end("stopped"));
      }
    };
    await work(scope, started.runId, system);
    expect((await runOf(scope, started.runId)).state).toBe("cancelled");
    expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000, "goes on"))])).toBe(
      "stopped",
    );
  });

  test("that somebody else has taken up can write no more", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    let taken = false;
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      for await (const page of read(connection, reading)) {
        yield page;
        if (taken) continue;
        taken = true;
        await scope.db
          .updateTable("runs")
          .set((eb) => ({ lease_epoch: eb("lease_epoch", "+", 1) }))
          .where("account_id", "=", scope.account.id)
          .where("id", "=", started.runId)
          .execute();
      }
    };
    await work(scope, started.runId, system);
    expect(await runOf(scope, started.runId)).toMatchObject({ state: "running", counts: { read: 0 } });
    expect(await contactsOf(scope)).toHaveLength(0);
  });

  test("that somebody else has taken up is not ended by the trouble of who had it before", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    system.provider.read = async function* () {
      yield* [];
      await scope.db
        .updateTable("runs")
        .set((eb) => ({ lease_epoch: eb("lease_epoch", "+", 1) }))
        .where("account_id", "=", scope.account.id)
        .where("id", "=", started.runId)
        .execute();
      throw new Trouble("Small Ledger sent a page of HTML. Try again later.");
    };
    await work(scope, started.runId, system);
    expect(await runOf(scope, started.runId)).toMatchObject({ state: "running", problem: null });
  });

  test.each([["when it is gone on with"], ["when no job will ever go on with it"]])(
    "of a provider that is not offered any more ends in words %s",
    async (when) => {
      const { scope, system, connectorId } = await eightPeople(engine);
      system.trouble = ({ number }) => {
        if (number === 2) throw new Throttled("Later.", HOUR_MS);
      };
      const runId = await begun(scope, connectorId, system);
      const doors = { ...system.doors, providers: new Map() };
      await forgetJobs(scope);
      if (when.includes("no job")) await tidyRuns(scope, { subjects, doors });
      else await continueSync(scope, runId, { subjects, doors, signal: never });
      expect(await runOf(scope, runId)).toMatchObject({
        ...{ state: "failed", counts: { read: 3 } },
        problem: "What this connector reads from is not offered here any more.",
      });
      expect(await contactsOf(scope)).toHaveLength(3);
    },
  );

  test("that fails by a fault of ours is given up with a reference", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    system.trouble = () => {
      throw new TypeError("undefined is not a function");
    };
    await expect(work(scope, started.runId, system)).rejects.toThrow("undefined is not a function");
    await giveUpSync(scope, started.runId, { subjects, doors: system.doors });
    expect(await runOf(scope, started.runId)).toMatchObject({
      state: "failed",
      problemReference: scope.requestId,
    });
  });

  test("that waits for its source is left to wait, and one that no job will go on with is given up", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Later.", HOUR_MS);
    };
    const runId = await begun(scope, connectorId, system);
    await tidyRuns(scope, { subjects, doors: system.doors });
    expect(await runOf(scope, runId)).toMatchObject({ state: "queued" });
    await forgetJobs(scope);
    await tidyRuns(scope, { subjects, doors: system.doors });
    expect(await runOf(scope, runId)).toMatchObject({ state: "failed", counts: { read: 3 } });
    expect(await contactsOf(scope)).toHaveLength(3);
  });

  test("is cancelled when another account is connected, and stores nothing of it", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
    const grant = { connectorId, granted, provider: { id: "small", access: { scopes: ["contacts"] } } };
    const connect = (whose: string) => storeGrant(scope, { ...grant, whose, by: "session" });
    await connect("ann@brandt.example");
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Later.", HOUR_MS);
    };
    const runId = await begun(scope, connectorId, system);
    system.trouble = () => {};
    expect(await connect("bob@brandt.example")).toEqual({ ok: true, anotherAccount: true });
    await work(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({
      state: "cancelled",
      counts: { read: 3 },
      connector: { gone: 0 },
    });
    expect(await contactsOf(scope)).toHaveLength(3);
  });

  test.each([
    ["another account's", { whose: "bob@brandt.example" }],
    ["of another server", { settings: JSON.stringify({ server: "https://other.example" }) }],
  ])("stores nothing of a page that is %s", async (_what, now) => {
    const { scope, system, connectorId } = await eightPeople(engine);
    const become = (values: { whose?: string; settings?: string }) =>
      scope.db
        .updateTable("connectors")
        .set(values)
        .where("account_id", "=", scope.account.id)
        .where("id", "=", connectorId)
        .execute();
    await become({ whose: "ann@brandt.example" });
    const { read } = system.provider;
    system.provider.read = async function* (connection, reading) {
      for await (const page of read(connection, reading)) {
        await become(now);
        yield page;
      }
    };
    const run = await runOf(scope, await begun(scope, connectorId, system));
    expect(run).toMatchObject({ state: "failed", counts: { read: 0 }, connector: { gone: 0 } });
    expect(run.problem).toBe("What this connector reads from was changed while the run was at work. Run it again.");
    expect(await contactsOf(scope)).toHaveLength(0);
  });

  test("of a connector that was deleted meanwhile stores nothing more", async () => {
    const { scope, system, connectorId } = await eightPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Later.", HOUR_MS);
    };
    const runId = await begun(scope, connectorId, system);
    system.trouble = () => {};
    await scope.db
      .updateTable("connectors")
      .set({ deleted_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await work(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "failed", problem: "The connector was deleted." });
    expect(await contactsOf(scope)).toHaveLength(3);
  });
});
