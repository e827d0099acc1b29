import { type Judged } from "~/features/campaigns/recipients/judged";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/** Puts them on the list as they were judged. @returns how many there are more on it */
export async function insertRecipients(
  scope: Scope,
  { additionId, campaignId }: { additionId: string; campaignId: string },
  judged: readonly Judged[],
): Promise<number> {
  if (judged.length === 0) return 0;
  const ofAll = {
    ...{ account_id: scope.account.id, campaign_id: campaignId, addition_id: additionId },
    ...{ added_at: scope.clock.now(), added_by: scope.user?.id ?? null },
  };
  const { numInsertedOrUpdatedRows = 0n } = await scope.db
    .insertInto("recipients")
    .values(
      judged.map(({ contactId, nameKey, leftOut, writtenToId, addressKey }) => ({
        ...{ ...ofAll, contact_id: contactId, name_key: nameKey },
        ...{ left_out: leftOut, written_to_id: writtenToId, address_key: addressKey },
      })),
    )
    // Put there by somebody else in this moment.
    .onConflict((conflict) => conflict.columns(["account_id", "campaign_id", "contact_id"]).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows);
}
