import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * A run of a connector is undone: the connector is paused, so that it does not bring everything again at once, and its next
 * run reads everything, since its cursors have passed what was undone. What a brake wanted to know is undone with the run.
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
  await connector().set({ state: "paused", asking: null }).where("state", "in", ["on", "asking"]).execute();
  // Connected again, by its key or by an agreement, it would go on where it stood when its access ended: paused, too.
  await connector().set({ stood: "paused", asking: null }).where("stood", "in", ["on", "asking"]).execute();
  await scope.db
    .updateTable("connector_grants")
    .set({ ended_from: "paused" })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connector_id ?? "")
    .where("ended_from", "in", ["on", "asking"])
    .execute();
  await planNext(scope, run.connector_id ?? "");
}
