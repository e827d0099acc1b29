import { type CampaignChannel, type CampaignState } from "~/features/campaigns/campaign";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/** As many a person chooses among. */
const MOST_OFFERED = 100;

export interface OpenCampaign {
  id: string;
  name: string;
  channel: CampaignChannel;
  state: CampaignState;
}

/** Those onto whose list somebody may still be put, the newest first. */
export function listOpenCampaigns(scope: Scope): Promise<OpenCampaign[]> {
  return scope.db
    .selectFrom("campaigns")
    .select(["id", "name", "channel", "state"])
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .where("archived_at", "is", null)
    .where("state", "<>", "completed")
    .orderBy("id", "desc")
    .limit(MOST_OFFERED)
    .execute();
}
