/** The contacts that somebody looks after, when that person leaves. */
import "~/features/contacts/tables";
import { assignOwner } from "~/features/contacts/owners.server";
import { setOwner } from "~/features/contacts/serve-contact.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Archived ones too, as whoever takes over may want them back; not those that were deleted. */
export async function countOwned(scope: Scope, userId: string): Promise<number> {
  const row = await scope.db
    .selectFrom("contacts")
    .select((query) => query.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("owner_id", "=", userId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Gives all contacts of one person to another member, who is told, or to nobody. Returns how many. */
export function handOverOwned(scope: Scope, fromUserId: string, toUserId: string | null): Promise<number> {
  return inTransaction(scope, async (scope) => {
    const rows = await scope.db
      .selectFrom("contacts")
      .select(["id", "deleted_at"])
      .where("account_id", "=", scope.account.id)
      .where("owner_id", "=", fromUserId)
      .execute();
    const there = rows.filter((row) => row.deleted_at === null).map((row) => row.id);
    // Whoever leaves hands over what is theirs, even where they may not give away one contact.
    const given = await assignOwner({ ...scope, ownOnly: false }, there, toUserId);
    if (!given.ok) throw new Error(`Contacts could not be handed over: ${given.reason}`);
    const deleted = rows.filter((row) => row.deleted_at !== null).map((row) => row.id);
    if (deleted.length > 0) await setOwner(scope, deleted, toUserId);
    return given.given;
  });
}
