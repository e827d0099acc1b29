/** Judges recipients of an email anew at the moment of sending, and the whole list before its first mail. */
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { suppressedAmong } from "~/features/contacts/suppression/suppressed.server";
import "~/features/campaigns/tables";
import { sql } from "kysely";
import { type Scope } from "~/platform/scope.server";

/** In the caller's transaction, with the counts. The suppression list itself is asked, not only what was computed from it. */
export async function judgeNow(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  await countingRecipients(scope, campaignId, contactIds, async () => {
    await judgeAgain(scope, { id: campaignId, channel: "email" }, contactIds);
    await leaveOutGone(scope, campaignId, contactIds);
    await leaveOutSuppressed(scope, campaignId, contactIds);
  });
}

/** Leaves these out, with the counts. */
export async function leaveOut(
  scope: Scope,
  campaignId: string,
  contactIds: readonly string[],
  reason: LeftOut,
): Promise<void> {
  if (contactIds.length === 0) return;
  await countingRecipients(scope, campaignId, contactIds, () => write(scope, campaignId, contactIds, reason));
}

function write(scope: Scope, campaignId: string, contactIds: readonly string[], reason: LeftOut) {
  return scope.db
    .updateTable("recipients")
    .set({ left_out: reason })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .execute();
}

/** Whoever was erased since. */
async function leaveOutGone(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .set({ left_out: "erased" })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          parts
            .selectFrom("contacts")
            .select("contacts.id")
            .where("contacts.account_id", "=", scope.account.id)
            .whereRef("contacts.id", "=", sql.ref("recipients.contact_id")),
        ),
      ),
    )
    .execute();
}

async function leaveOutSuppressed(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id", "address_key"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .where("address_key", "is not", null)
    .execute();
  const keys = rows.flatMap(({ address_key: key }) => (key === null ? [] : [key]));
  if (keys.length === 0) return;
  const listed = await suppressedAmong(scope, "email", keys);
  const ids = rows.filter(({ address_key: key }) => key !== null && listed.has(key)).map((row) => row.contact_id);
  if (ids.length > 0) await write(scope, campaignId, ids, "suppressed");
}
