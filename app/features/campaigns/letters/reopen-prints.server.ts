/** What an undo makes of a run of printing: whether its letters are printed is a question again, or is none any more. */
import "~/features/campaigns/letters/tables";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

interface Whose {
  campaignId: string;
  contactIds: readonly string[];
}

/**
 * Some of these were said to be printed, and that was undone: a run that is still being marked ends with it, or it would go
 * on to mark them again. In the caller's transaction.
 */
export async function reopenPrints(scope: Scope, whose: Whose): Promise<void> {
  const runs = await runsOf(scope, whose);
  if (runs.length === 0) return;
  await scope.db
    .updateTable("print_runs")
    .set({ state: "ready", ended_at: null, ended_by: null })
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["printed", "marking"])
    .where("id", "in", runs)
    .execute();
}

/** The undo of these was undone; a run of which nobody is left is printed again. In the caller's transaction. */
export async function closePrints(scope: Scope, whose: Whose): Promise<void> {
  const runs = await runsOf(scope, whose);
  if (runs.length === 0) return;
  const left = await scope.db
    .selectFrom("recipients")
    .select("print_run_id")
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("print_run_id", "in", runs)
    .where("delivery", "=", "none")
    .execute();
  const open = new Set(left.map(({ print_run_id: id }) => id));
  const whole = runs.filter((id) => !open.has(id));
  if (whole.length === 0) return;
  await scope.db
    .updateTable("print_runs")
    .set({ state: "printed", ended_at: scope.clock.now(), ended_by: scope.user?.id ?? null })
    .where("account_id", "=", scope.account.id)
    .where("state", "=", "ready")
    // Only of one that was marked before.
    .where("change_set_id", "is not", null)
    .where(
      "id",
      "in",
      runs.filter((id) => !open.has(id)),
    )
    .execute();
}

/** In whose files their letters are. */
async function runsOf(scope: Scope, { campaignId, contactIds }: Whose): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await scope.db
    .selectFrom("recipients")
    .select("print_run_id")
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("print_run_id", "is not", null)
    .execute();
  return rows.flatMap(({ print_run_id: id }) => (id === null ? [] : [id]));
}
