import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** The email that was written to, as the contact has it; folded, as the list has it, where they have it no longer. */
export async function mailedAddress(
  scope: Scope,
  contactId: string,
  addressKey: string | null,
): Promise<string | null> {
  if (addressKey === null) return null;
  const point = await scope.db
    .selectFrom("contact_points")
    .select("value")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .where("channel", "=", "email")
    .where("value_key", "=", addressKey)
    .limit(1)
    .executeTakeFirst();
  return point?.value ?? addressKey;
}
