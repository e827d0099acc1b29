/** Judges recipients of an email anew at the moment of sending, and the whole list before its first mail. */
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { suppressedAmong } from "~/features/contacts/suppression/suppressed.server";
import "~/features/campaigns/tables";
import { sql } from "kysely";
import { type Scope } from "~/platform/scope.server";

/** In the caller's transaction, with the counts. The suppression list itself is asked, not only what was computed from it. */
export async function judgeNow(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  const again = await judgeAgain(scope, { id: campaignId, channel: "email" }, contactIds);
  const gone = await leaveOutGone(scope, campaignId, contactIds);
  const suppressed = await leaveOutSuppressed(scope, campaignId, contactIds);
  await countLeftOut(scope, campaignId, again + gone + suppressed);
}

/** Leaves these out, with the counts. */
export async function leaveOut(
  scope: Scope,
  campaignId: string,
  contactIds: readonly string[],
  reason: LeftOut,
): Promise<void> {
  if (contactIds.length === 0) return;
  await countLeftOut(scope, campaignId, await write(scope, campaignId, contactIds, reason));
}

async function countLeftOut(scope: Scope, campaignId: string, more: number): Promise<void> {
  if (more === 0) return;
  await scope.db
    .updateTable("campaigns")
    .set((eb) => ({ left_out: eb("left_out", "+", more) }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .execute();
}

/** How many it were. */
async function write(
  scope: Scope,
  campaignId: string,
  contactIds: readonly string[],
  reason: LeftOut,
): Promise<number> {
  const { numUpdatedRows } = await scope.db
    .updateTable("recipients")
    .set({ left_out: reason })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Whoever was erased since; how many. */
async function leaveOutGone(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
  const { numUpdatedRows } = await scope.db
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
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function leaveOutSuppressed(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
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
  if (keys.length === 0) return 0;
  const listed = await suppressedAmong(scope, "email", keys);
  const ids = rows.filter(({ address_key: key }) => key !== null && listed.has(key)).map((row) => row.contact_id);
  return ids.length > 0 ? write(scope, campaignId, ids, "suppressed") : 0;
}
