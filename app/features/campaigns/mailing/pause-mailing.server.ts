import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * A campaign that ends or is put away sends no more, in the transaction that says so: whoever takes it up again sees it
 * paused, and goes on when they want to. The campaign is held already. Nothing happens where nothing is being sent.
 */
export async function pauseMailing(scope: Scope, campaignId: string): Promise<void> {
  await scope.db
    .updateTable("mailings")
    .set({ state: "paused", problem: null, failures: 0, failing_since: null, run_id: null })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("state", "in", ["judging", "sending"])
    .execute();
}
