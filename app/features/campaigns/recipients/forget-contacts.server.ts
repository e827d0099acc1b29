import "~/features/campaigns/call-desk/tables";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * What campaigns know of contacts that go for good, in the transaction that removes them. That somebody was written to and
 * how they answered stays, or no figure would add up; who that was does not. At most some hundred at a time.
 */
export async function forgetContacts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const listed = await scope.db
    .updateTable("recipients")
    .set({ name_key: "", address_key: null, written_to_id: null, delivery_note: null, code: null })
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .returning("campaign_id")
    .execute();
  if (listed.length === 0) return;
  // By both parts of their indexes.
  const campaignIds = [...new Set(listed.map(({ campaign_id: id }) => id))];
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
