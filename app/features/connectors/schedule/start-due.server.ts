import { type Doors } from "~/features/connectors/runs/doors";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { isTime, planNext } from "~/features/connectors/schedule/plan-next.server";
import { laterOf } from "~/features/connectors/schedule/when-due";
import "~/features/connectors/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Starts a connector whose time has come, and plans its next run in the same transaction. One that is still at work, or of
 * which nothing is to be read, is let pass until then. Returns the run's id; null: none was started.
 */
export function startDue(scope: Scope, connectorId: string, doors: Pick<Doors, "providers">): Promise<string | null> {
  return inTransaction(scope, async (scope) => {
    const connector = await scope.db
      .selectFrom("connectors")
      .select(["id", "state", "schedule", "next_run_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!connector || !(await isTime(scope, connector))) return null;
    const started = await startSync(scope, connectorId, { doors });
    await planNext(scope, connectorId, { after: laterOf(connector.next_run_at ?? "", scope.clock.now()) });
    if (!started.ok) scope.log.info({ reason: started.reason }, "A connector was due and not started");
    return started.ok ? started.runId : null;
  });
}
