import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { dropQuestion } from "~/features/pipeline/run/questions.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * A run of a connector is undone: the connector is paused, so that it does not bring everything again at once, and its next
 * run reads everything, since its cursors have passed what was undone. What a brake wanted to know is undone with the run.
 * One that is reading, or waits to, is cancelled: it reckons with what is undone now.
 */
export async function pauseUndone(scope: Scope, changeSetId: string): Promise<void> {
  const run = await scope.db
    .selectFrom("runs")
    .select("connector_id")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .where("connector_id", "is not", null)
    .executeTakeFirst();
  if (!run) return;
  const now = scope.clock.now();
  const connector = () =>
    scope.db
      .updateTable("connectors")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.connector_id ?? "");
  await connector().set({ whole_next: now, changed_at: now }).execute();
  const paused = { state: "paused", stood: null, asking: null } as const;
  await connector().set(paused).where("state", "in", ["on", "asking"]).execute();
  // Connected again it would go on where it stood when its access ended: paused, too.
  const pausedThen = { stood: "paused", asking: null } as const;
  await connector()
    .set(pausedThen)
    .where("state", "=", "needs-reconnecting")
    .where("stood", "in", ["on", "paused"])
    .execute();
  await dropQuestion(scope, run.connector_id ?? "");
  await planNext(scope, run.connector_id ?? "");
  await cancelReading(scope, run.connector_id ?? "");
}

async function cancelReading(scope: Scope, connectorId: string): Promise<void> {
  const reading = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("state", "in", ["queued", "running"])
    .where("mode", "in", ["whole", "changes"])
    .executeTakeFirst();
  if (reading) await cancelAnyRun(scope, reading.id);
}
