/** The commands that take contacts off a campaign's list again, as long as nothing has gone out to them. */
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import { offTheList, onTheList } from "~/features/campaigns/recipients/listed";
import "~/features/campaigns/tables";
import { recordChange } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Each is named several times in a statement, which takes so many values and no more. */
export const BATCH = 500;

export type TakeOffResult =
  /** `changeSetId`: null where nobody went. */
  | { ok: true; taken: number; changeSetId: string | null }
  /** Whoever has answered stays: their answer would be lost. `has-begun`: it is no draft any more. */
  | { ok: false; reason: "not-found" | "has-begun" };

/** Takes these off; those who were left out as their doubles are judged anew. Who has answered stays. */
export function takeOff(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<TakeOffResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state !== "draft") return { ok: false, reason: "has-begun" };
    const taken: Taken[] = [];
    const all = [...new Set(contactIds.filter(isId))];
    for (let at = 0; at < all.length; at += BATCH) {
      taken.push(...(await takeBatch(scope, campaign, all.slice(at, at + BATCH))));
    }
    if (taken.length === 0) return { ok: true, taken: 0, changeSetId: null };
    await countRecipients(scope, campaignId);
    const changeSetId = await recordChange(scope, {
      action: "campaign.recipients-taken-off",
      subject: { campaignId },
      counts: { taken: taken.length },
      entries: taken.map(({ contactId, additionId }) => ({
        ...{ subjectKind: "recipient", subjectId: contactId },
        ...{ before: onTheList(campaign, additionId), after: offTheList(campaign, additionId) },
      })),
    });
    return { ok: true, taken: taken.length, changeSetId };
  });
}

export interface Taken {
  contactId: string;
  /** With what they had come. */
  additionId: string;
}

/** Those of these, `BATCH` at most, who have gone. The campaign's row is held by the caller's transaction, who counts the list. */
export async function takeBatch(
  scope: Scope,
  { id: campaignId, channel }: { id: string; channel: CampaignChannel },
  contactIds: readonly string[],
): Promise<Taken[]> {
  if (contactIds.length === 0) return [];
  const doubles = await doublesOf(scope, campaignId, contactIds);
  const taken = await scope.db
    .deleteFrom("recipients")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("response", "=", "pending")
    .returning(["contact_id as contactId", "addition_id as additionId"])
    .execute();
  for (let from = 0; from < doubles.length; from += BATCH) {
    await judgeAgain(scope, { id: campaignId, channel }, doubles.slice(from, from + BATCH));
  }
  return taken;
}

async function doublesOf(scope: Scope, campaignId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("recipients as double")
    .innerJoin("recipients as taken", (join) =>
      join
        .onRef("taken.account_id", "=", "double.account_id")
        .onRef("taken.campaign_id", "=", "double.campaign_id")
        .onRef("taken.address_key", "=", "double.address_key"),
    )
    .select("double.contact_id")
    .distinct()
    .where("double.account_id", "=", scope.account.id)
    .where("double.campaign_id", "=", campaignId)
    .where("double.left_out", "in", ["double-address", "double-household"])
    .where("taken.contact_id", "in", ids)
    .where("double.contact_id", "not in", ids)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}
