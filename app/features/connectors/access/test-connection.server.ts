/** Whether the system can be read at the moment: tried whenever somebody wants to know, and kept for its share of good ones. */
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { type Connector } from "~/features/connectors/find-connector.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { connectionFor, type Reaching } from "~/features/connectors/access/connection.server";
import { Trouble } from "~/features/connectors/connector";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

/** Somebody waits before a page for it. */
const TEST_MS = 20 * SECOND_MS;

/**
 * What failed and what to do, in a sentence; null: it went well. One that is connected by a key, and needed it again, goes
 * on then: what an agreement is for others is a key that is taken.
 */
export async function testConnection(scope: Scope, reaching: Reaching): Promise<string | null> {
  const began = performance.now();
  const problem = await problemOf(scope, reaching);
  await scope.db
    .insertInto("connector_tests")
    .values({
      ...{ account_id: scope.account.id, id: newId(), connector_id: reaching.connector.id, at: scope.clock.now() },
      ...{ by_user_id: scope.user?.id ?? null, duration_ms: Math.round(performance.now() - began), problem },
    })
    .execute();
  if (problem === null && reaching.provider.access.kind === "key") await goOn(scope, reaching.connector);
  return problem;
}

async function problemOf(scope: Scope, reaching: Reaching): Promise<string | null> {
  const { signal, end } = timeLimit(reaching.signal, TEST_MS);
  try {
    const connection = await connectionFor(scope, { ...reaching, signal });
    await reaching.provider.test(connection);
    return null;
  } catch (error) {
    if (error instanceof Trouble) return error.message;
    if (signal.aborted && !reaching.signal.aborted)
      return `${reaching.provider.name} did not answer within twenty seconds. Try again later.`;
    throw error;
  } finally {
    end();
  }
}

function goOn(scope: Scope, { id, sealedSecrets }: Connector): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .selectFrom("connectors")
      .select(["state", "stood", "secrets", "asking"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    // Somebody may have disconnected it while it was tried.
    if (row?.state !== "needs-reconnecting" || (row.secrets === null && sealedSecrets !== null)) return;
    await scope.db
      .updateTable("connectors")
      .set({ state: await backTo(scope, id, row), stood: null, changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await planNext(scope, id);
    await tellConnector(scope, id, { what: "recovered", runId: null, from: "needs-reconnecting" });
  });
}

interface Stood {
  stood: ConnectorState | null;
  asking: string | null;
}

/** To asking only where there is still something to answer. Where nobody knows, one that has run waits to be switched on. */
async function backTo(scope: Scope, connectorId: string, { stood, asking }: Stood): Promise<ConnectorState> {
  if (stood === null) return (await hasRun(scope, connectorId)) ? "paused" : "setting-up";
  return stood === "asking" && asking === null ? "paused" : stood;
}

async function hasRun(scope: Scope, connectorId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .limit(1)
    .executeTakeFirst();
  return run !== undefined;
}
