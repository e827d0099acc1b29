/** The commands that take contacts off a campaign's list again, as long as nothing has gone out to them. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Each is named several times in a statement, which takes so many values and no more. */
const BATCH = 500;

export type TakeOffResult =
  | { ok: true; taken: number }
  /** Whoever has answered stays: their answer would be lost. `has-begun`: it is no draft any more. */
  | { ok: false; reason: "not-found" | "has-begun" };

/** Takes these off; those who were left out as their doubles are judged anew. Who has answered stays. */
export function takeOff(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<TakeOffResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state !== "draft") return { ok: false, reason: "has-begun" };
    let taken = 0;
    const all = [...new Set(contactIds.filter(isId))];
    for (let at = 0; at < all.length; at += BATCH) {
      const ids = all.slice(at, at + BATCH);
      const doubles = await doublesOf(scope, campaignId, ids);
      const { numDeletedRows } = await scope.db
        .deleteFrom("recipients")
        .where("account_id", "=", scope.account.id)
        .where("campaign_id", "=", campaignId)
        .where("contact_id", "in", ids)
        .where("response", "=", "pending")
        .executeTakeFirst();
      taken += Number(numDeletedRows);
      for (let from = 0; from < doubles.length; from += BATCH) {
        await judgeAgain(scope, { id: campaignId, channel: campaign.channel }, doubles.slice(from, from + BATCH));
      }
    }
    if (taken === 0) return { ok: true, taken };
    await countRecipients(scope, campaignId);
    await recordEvent(scope, {
      action: "campaign.recipients-taken-off",
      subject: { campaignId },
      counts: { taken },
    });
    return { ok: true, taken };
  });
}

/** Takes back a whole addition: whoever came with it and has not answered. */
export function undoAddition(scope: Scope, campaignId: string, additionId: string): Promise<TakeOffResult> {
  return inTransaction(scope, async (scope) => {
    if (!isId(additionId) || !isId(campaignId)) return { ok: false, reason: "not-found" };
    // The campaign first, as every command does, then what is taken back: one that is still at work is not.
    const campaign = await lockCampaign(scope, campaignId);
    if (campaign?.state === "draft" && !(await markUndone(scope, campaignId, additionId))) {
      return { ok: false, reason: "not-found" };
    }
    const rows = await scope.db
      .selectFrom("recipients")
      .select("contact_id")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("addition_id", "=", additionId)
      .execute();
    return takeOff(
      scope,
      campaignId,
      rows.map(({ contact_id: id }) => id),
    );
  });
}

async function markUndone(scope: Scope, campaignId: string, additionId: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.db
    .updateTable("recipient_additions")
    .set({ state: "undone" })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("id", "=", additionId)
    .where("state", "<>", "collecting")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
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
