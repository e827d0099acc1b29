/** A run that is cancelled, taken over or given up, or whose worker dies. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { continueSync, giveUpSync, tidyRuns } from "~/features/connectors/runs/continue-sync.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { Throttled, Trouble } from "~/features/connectors/connector";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import "~/platform/queue/tables";
import { HOUR_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { contactsOf, runOf, synced } from "~/testing/given-syncs";
import { never, eightPeople, begun, work, forgetJobs } from "~/testing/given-trouble";

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
