import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { subjects, undoing } from "~/composition.server";
import { verifyChain } from "~/features/audit/audit.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { Trouble } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { untilAnotherWaits } from "~/testing/another-waits";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();
const provider = { id: "small", access: { scopes: ["read"] } };
const granted = { accessToken: "token-2", refreshToken: null, lastsSeconds: null, scopes: null, extras: {} };

const ada = { id: "p2", payload: { given: "Ada", family: "Brandt" }, changedAt: "2026-04-01T08:00:00.000Z" };

/** A run whose source has sent one person, and nothing more until it breaks off. */
async function reading(scope: Scope, connectorId: string, system: SmallSystem) {
  let breaksOff = () => {};
  const broken = new Promise<void>((resolve) => (breaksOff = resolve));
  system.provider.read = async function* () {
    yield { records: [ada], after: 1 };
    await broken;
    throw new Trouble("Small Ledger sent a page of HTML.");
  };
  const started = await startSync(scope, connectorId, { doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  const run = continueSync(scope, started.runId, { subjects, doors: system.doors, signal });
  while ((await runOf(scope, started.runId)).counts.read === 0) await wait(5);
  return { run, runId: started.runId, breaksOff };
}

describe.each(databases)("a run that ends on %s", (engine) => {
  test("just as another account is connected: neither breaks off, and the connector is paused", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    const connectorId = await connected(scope);
    await storeGrant(scope, { connectorId, provider, granted, whose: "Brandt", by: "session" });
    const { run, runId, breaksOff } = await reading(scope, connectorId, system);
    const anotherWaits = untilAnotherWaits(scope);
    const stored = await inTransaction(scope, async (within) => {
      await holdConnector(within, connectorId);
      breaksOff();
      await anotherWaits;
      return storeGrant(within, { connectorId, provider, granted, whose: "Hale", by: "session" });
    });
    await run;
    expect(stored).toEqual({ ok: true, anotherAccount: true });
    expect(await findConnector(scope, connectorId)).toMatchObject({ state: "paused", whose: "Hale" });
    expect(await runOf(scope, runId)).toMatchObject({
      state: "failed",
      problem: "Small Ledger sent a page of HTML.",
    });
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("just as what an earlier one did is undone once more: neither breaks off", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    system.put("people", "p1", { given: "Emeka", family: "Okafor", email: "emeka@okafor.example" });
    const connectorId = await connected(scope);
    const first = await synced(scope, connectorId, system);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    const { run, runId, breaksOff } = await reading(scope, connectorId, system);
    let isAsked = () => {};
    const undoneAgain = new Promise<void>((resolve) => (isAsked = resolve)).then(() =>
      undoChangeSet(scope, redone.changeSetId ?? "", undoing),
    );
    const [oneWaits, twoWait] = [untilAnotherWaits(scope), untilAnotherWaits(scope, 2)];
    await inTransaction(scope, async (scope) => {
      await holdConnector(scope, connectorId);
      breaksOff();
      await oneWaits;
      isAsked();
      await twoWait;
    });
    await run;
    expect(await undoneAgain).toMatchObject({ ok: true, undone: 1 });
    expect(await runOf(scope, runId)).toMatchObject({ state: "failed" });
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });
});
