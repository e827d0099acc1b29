import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { verifyChain } from "~/features/audit/audit.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { Trouble } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { untilAnotherWaits } from "~/testing/another-waits";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, runOf } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();
const provider = { id: "small", access: { scopes: ["read"] } };
const granted = { accessToken: "token-2", refreshToken: null, lastsSeconds: null, scopes: null, extras: {} };

describe.each(databases)("a run that ends on %s", (engine) => {
  test("just as another account is connected: neither breaks off, and the connector is paused", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    const connectorId = await connected(scope);
    await storeGrant(scope, { connectorId, provider, granted, whose: "Brandt", by: "session" });
    let [isRead, breaksOff] = [() => {}, () => {}];
    const reading = new Promise<void>((resolve) => (isRead = resolve));
    const broken = new Promise<void>((resolve) => (breaksOff = resolve));
    system.provider.read = async function* () {
      isRead();
      await broken;
      yield* [];
      throw new Trouble("Small Ledger sent a page of HTML.");
    };
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    const run = continueSync(scope, started.runId, { subjects, doors: system.doors, signal });
    await reading;
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
    expect(await runOf(scope, started.runId)).toMatchObject({
      state: "failed",
      problem: "Small Ledger sent a page of HTML.",
    });
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });
});
