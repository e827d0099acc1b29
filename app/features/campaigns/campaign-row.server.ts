/** A campaign's own row, held and written within a command's transaction. */
import { type Updateable } from "kysely";
import "~/features/campaigns/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Tables } from "~/platform/db/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Held to the end of the transaction, so that one command after the other changes a campaign. */
export async function lockCampaign(scope: Scope, campaignId: string, { deleted = false } = {}) {
  if (!isId(campaignId)) return undefined;
  return scope.db
    .selectFrom("campaigns")
    .select(["id", "name", "state", "channel", "currency", "owner_id", "version", "archived_at", "deleted_at"])
    .select(["listed", "left_out"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .$if(!deleted, (query) => query.where("deleted_at", "is", null))
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/** The campaign that contacts are being put on the list of, held before its recipients, as every command holds it. */
export async function lockCampaignOf(scope: Scope, additionId: string): Promise<void> {
  const addition = await scope.db
    .selectFrom("recipient_additions")
    .select("campaign_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .executeTakeFirst();
  if (addition) await lockCampaign(scope, addition.campaign_id, { deleted: true });
}

export async function writeCampaign(
  scope: Scope,
  campaignId: string,
  written: Updateable<Tables["campaigns"]>,
): Promise<void> {
  await scope.db
    .updateTable("campaigns")
    .set({ ...written, changed_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .execute();
}
