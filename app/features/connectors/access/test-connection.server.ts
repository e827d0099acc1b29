/** Whether the system can be read at the moment: tried whenever somebody wants to know, and kept for its share of good ones. */
import "~/features/connectors/tables";
import { connectionFor, type Reaching } from "~/features/connectors/access/connection.server";
import { Trouble } from "~/features/connectors/connector";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

/** Somebody waits before a page for it. */
const TEST_MS = 20 * SECOND_MS;

/** What failed and what to do, in a sentence; null: it went well. */
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
