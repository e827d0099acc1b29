import { sql } from "kysely";
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { isAtWork, type MailingSettings } from "~/features/campaigns/mailing/mailing";
import { askToSend } from "~/features/campaigns/mailing/ask-to-send.server";
import { lockMailing, settingColumns, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type SaveMailingResult = { ok: true } | { ok: false; reason: "not-found" | "no-email" };

/** How its email is sent; while it is being sent, from the next mail on. */
export function saveMailing(scope: Scope, campaignId: string, settings: MailingSettings): Promise<SaveMailingResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.channel !== "email") return { ok: false, reason: "no-email" };
    const mailing = await lockMailing(scope, campaignId);
    await writeMailing(scope, campaignId, {
      ...settingColumns(settings),
      // Another rate counts from now on.
      paced_until: null,
    });
    if (mailing.sent_when !== settings.sentWhen) await waitForNoHour(scope, campaignId);
    if (isAtWork(mailing)) await askToSend(scope, campaignId);
    await recordEvent(scope, { action: "campaign.mailing-set", subject: { campaignId } });
    return { ok: true };
  });
}

/** Whoever waited for their working hours is looked at anew; who was refused for now goes on waiting. */
async function waitForNoHour(scope: Scope, campaignId: string): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .set({ next_at: null })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("delivery", "=", sql.lit("none" as const))
    .where("left_out", "is", null)
    .where("tries", "=", 0)
    .where("next_at", "is not", null)
    .execute();
}
