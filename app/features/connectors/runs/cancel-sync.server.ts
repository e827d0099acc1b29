import { askForSync } from "~/features/connectors/runs/start-sync.server";
import { cancelRun } from "~/features/pipeline/run/start-run.server";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Asks a run of whatever kind to stop; one that waits for its source need not be waited for. */
export function cancelAnyRun(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const cancelled = await cancelRun(scope, runId);
    if (!cancelled.ok) return cancelled;
    const waiting = await scope.db
      .selectFrom("runs")
      .select("connector_id")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "=", "queued")
      .where("connector_id", "is not", null)
      .executeTakeFirst();
    if (waiting?.connector_id) await askForSync(scope, { connectorId: waiting.connector_id, runId });
    return cancelled;
  });
}
