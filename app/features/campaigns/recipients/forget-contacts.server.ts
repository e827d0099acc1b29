import { sql } from "kysely";
import "~/features/campaigns/call-desk/tables";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * What campaigns know of contacts that go for good, in the transaction that removes them. That somebody was written to and
 * how they answered stays, or no figure would add up; who that was does not. At most some hundred at a time.
 */
export async function forgetContacts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const listed = await scope.db
    .selectFrom("recipients")
    .select("campaign_id")
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .orderBy("campaign_id")
    .execute();
  if (listed.length === 0) return;
  // By both parts of their indexes.
  const campaignIds = listed.map(({ campaign_id: id }) => id);
  for (const campaignId of campaignIds) {
    // Held before its recipients, as every command does it.
    await lockCampaign(scope, campaignId, { deleted: true });
    await countingRecipients(scope, campaignId, contactIds, () => forgetIn(scope, campaignId, contactIds));
  }
  for (const table of ["responses", "calls"] as const) {
    await scope.db
      .updateTable(table)
      .set({ note: null })
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "in", campaignIds)
      .where("contact_id", "in", contactIds)
      .where("note", "is not", null)
      .execute();
  }
}

/** Whoever was still to be reached is left out, and those who stood there as archived were about to go. */
function forgetIn(scope: Scope, campaignId: string, contactIds: readonly string[]) {
  return scope.db
    .updateTable("recipients")
    .set((eb) => ({
      ...{ name_key: "", address_key: null, written_to_id: null, delivery_note: null, code: null },
      left_out: eb
        .case()
        .when("left_out", "=", "archived")
        .then(sql.lit<LeftOut>("erased"))
        .when(eb.and([eb("left_out", "is", null), eb("delivery", "=", "none"), eb("response", "=", "pending")]))
        .then(sql.lit<LeftOut>("erased"))
        .else(eb.ref("left_out"))
        .end(),
    }))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .execute();
}
