import { sql, type SqlBool } from "kysely";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Judges a recipient once more, in the moment of calling: archived since, died, not to be rung, without a number. Who is
 * not to be called is left out and freed; why, else null.
 */
export function whyNotCalled(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<LeftOut | null> {
  return inTransaction(scope, async (scope) => {
    // Held before the recipient, as whoever records a call does it.
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return "archived";
    await countingRecipients(scope, campaignId, [contactId], async () => {
      await judgeAgain(scope, campaign, [contactId]);
      await leaveOutGone(scope, campaignId, contactId);
    });
    const { left_out: why } = await scope.db
      .selectFrom("recipients")
      .select("left_out")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("contact_id", "=", contactId)
      .executeTakeFirstOrThrow();
    if (why !== null) await free(scope, campaignId, contactId);
    return why;
  });
}

/** A contact that has gone for good is no longer there to be judged. */
async function leaveOutGone(scope: Scope, campaignId: string, contactId: string): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .set({ left_out: "erased", address_key: null })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .where((eb) =>
      eb.not(
        eb.exists(
          parts
            .selectFrom("contacts")
            .select("contacts.id")
            .where("contacts.account_id", "=", scope.account.id)
            .where(sql<SqlBool>`contacts.id = recipients.contact_id`),
        ),
      ),
    )
    .execute();
}

async function free(scope: Scope, campaignId: string, contactId: string): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .set({ reserved_by: null, reserved_until: null })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .execute();
}
