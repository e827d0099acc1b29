/** Campaigns as pages ask for them. */
import {
  type Campaign,
  type CampaignChannel,
  type CampaignState,
  type WholeCampaign,
} from "~/features/campaigns/campaign";
import { mailingColumns, toMailing } from "~/features/campaigns/mailing/mailing-row.server";
import "~/features/campaigns/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const PAGE = 50;

export interface CampaignFilters {
  state: CampaignState | null;
  channel: CampaignChannel | null;
  archived: boolean;
}

function campaignQuery(scope: Scope) {
  return scope.db
    .selectFrom("campaigns as campaign")
    .select(["campaign.id", "campaign.name", "campaign.channel", "campaign.state", "campaign.topic"])
    .select(["campaign.planned_on as plannedOn", "campaign.currency", "campaign.cost_minor"])
    .select(["campaign.created_at as createdAt", "campaign.started_at as startedAt"])
    .select(["campaign.completed_at as completedAt", "campaign.archived_at as archivedAt"])
    .select(["campaign.listed", "campaign.left_out as leftOut", "campaign.responded", "campaign.converted"])
    .select(["campaign.not_interested as notInterested", "campaign.value_minor", "campaign.reached"])
    .select(["campaign.failed", "campaign.unknown", "campaign.reached_responded as reachedResponded"])
    .select("campaign.reached_converted as reachedConverted")
    .where("campaign.account_id", "=", scope.account.id);
}

/** Read under the names that the drivers know money by, so that it is exact at any size. */
function withMoney<Row extends { cost_minor: bigint; value_minor: bigint }>({
  cost_minor: costMinor,
  value_minor: valueMinor,
  ...row
}: Row) {
  return { ...row, costMinor, valueMinor };
}

/** The newest first, fifty at a time. One statement. */
export async function listCampaigns(
  scope: Scope,
  { state, channel, archived }: CampaignFilters,
  before: string | null = null,
): Promise<{ campaigns: Campaign[]; older: string | null }> {
  const rows = await campaignQuery(scope)
    .where("campaign.deleted_at", "is", null)
    .where("campaign.archived_at", archived ? "is not" : "is", null)
    .$if(state !== null, (query) => query.where("campaign.state", "=", state ?? "draft"))
    .$if(channel !== null, (query) => query.where("campaign.channel", "=", channel ?? "email"))
    // An id is made from the time of its making.
    .$if(before !== null && isId(before), (query) => query.where("campaign.id", "<", before ?? ""))
    .orderBy("campaign.id", "desc")
    .limit(PAGE + 1)
    .execute();
  const campaigns = rows.slice(0, PAGE).map(withMoney);
  return { campaigns, older: rows.length > PAGE ? (campaigns.at(-1)?.id ?? null) : null };
}

/** Those that have begun and are in the list, the latest made first. One statement. */
export async function listBegun(scope: Scope, limit: number): Promise<Campaign[]> {
  const rows = await campaignQuery(scope)
    .where("campaign.archived_at", "is", null)
    .where("campaign.deleted_at", "is", null)
    .where("campaign.state", "in", ["running", "completed"])
    .orderBy("campaign.created_at", "desc")
    .orderBy("campaign.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(withMoney);
}

/** Null: there is none of this id, or it was deleted. */
export async function findCampaign(scope: Scope, campaignId: string): Promise<WholeCampaign | null> {
  if (!isId(campaignId)) return null;
  const row = await campaignQuery(scope)
    .leftJoin("users as owner", "owner.id", "campaign.owner_id")
    .leftJoin("users as maker", "maker.id", "campaign.created_by")
    .leftJoin("users as starter", "starter.id", "campaign.started_by")
    .leftJoin("users as completer", "completer.id", "campaign.completed_by")
    .select(["campaign.description", "campaign.subject", "campaign.body", "campaign.code_prefix as codePrefix"])
    .select(["campaign.responded_words as respondedWords", "campaign.converted_words as convertedWords"])
    .select("campaign.pause_months as pauseMonths")
    .select(["campaign.owner_id as ownerId", "owner.name as ownerName", "maker.name as createdBy"])
    .select(["starter.name as startedBy", "completer.name as completedBy", "campaign.version"])
    .leftJoin("mailings as mailing", (join) =>
      join.onRef("mailing.account_id", "=", "campaign.account_id").onRef("mailing.campaign_id", "=", "campaign.id"),
    )
    .select(mailingColumns)
    .where("campaign.id", "=", campaignId)
    .where("campaign.deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { mailing, rest } = toMailing(row);
  return { ...withMoney(rest), mailing };
}
