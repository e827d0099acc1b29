/** Whether the system can be read at the moment: tried whenever somebody wants to know, and kept for its share of good ones. */
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import { reachedAgain } from "~/features/connectors/where-it-stood";
import "~/features/connectors/tables";
import { isReachedBy } from "~/features/connectors/access/access-used.server";
import { connectionFor, type Reaching } from "~/features/connectors/access/connection.server";
import { askFacts, keepFacts, type KeptFacts } from "~/features/connectors/access/system-facts.server";
import { type Settings, Trouble } from "~/features/connectors/connector";
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
  const { problem, secrets, facts } = await tried(scope, reaching);
  await scope.db
    .insertInto("connector_tests")
    .values({
      ...{ account_id: scope.account.id, id: newId(), connector_id: reaching.connector.id, at: scope.clock.now() },
      ...{ by_user_id: scope.user?.id ?? null, duration_ms: Math.round(performance.now() - began), problem },
    })
    .execute();
  if (facts) await keepFacts(scope, reaching.connector.id, facts);
  if (secrets && reaching.provider.access.kind === "key") await goOn(scope, reaching.connector.id, secrets);
  return problem;
}

interface Tried {
  problem: string | null;
  /** Those that it went well with. */
  secrets?: Settings;
  facts?: KeptFacts | null;
}

async function tried(scope: Scope, reaching: Reaching): Promise<Tried> {
  const { signal, end } = timeLimit(reaching.signal, TEST_MS);
  try {
    const connection = await connectionFor(scope, { ...reaching, signal });
    await reaching.provider.test(connection);
    return { problem: null, secrets: connection.secrets, facts: await askFacts(reaching.provider, connection) };
  } catch (error) {
    if (error instanceof Trouble) return { problem: error.message };
    if (signal.aborted && !reaching.signal.aborted)
      return { problem: `${reaching.provider.name} did not answer within twenty seconds. Try again later.` };
    throw error;
  } finally {
    end();
  }
}

function goOn(scope: Scope, id: string, secrets: Settings): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .selectFrom("connectors")
      .select(["state", "stood", "asking"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (row?.state !== "needs-reconnecting") return;
    // Somebody may have disconnected it while it was tried, or entered another key.
    if (!(await isReachedBy(scope, id, { agreedAt: null, secrets }))) return;
    await scope.db
      .updateTable("connectors")
      .set({ ...reachedAgain(row), disconnected_at: null, changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await planNext(scope, id);
    await tellConnector(scope, id, { what: "recovered", runId: null, from: "needs-reconnecting" });
  });
}
