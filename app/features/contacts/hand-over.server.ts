/** The contacts that somebody looks after, when that person leaves. */
import "~/features/contacts/tables";
import { notify } from "~/features/notices/notify.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Archived ones too, as whoever takes over may want them back. */
export async function countOwned(scope: Scope, userId: string): Promise<number> {
  const row = await scope.db
    .selectFrom("contacts")
    .select((query) => query.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("owner_id", "=", userId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Gives all contacts of one person to another, who is told, or to nobody. Returns how many. */
export function handOverOwned(scope: Scope, fromUserId: string, toUserId: string | null): Promise<number> {
  return inTransaction(scope, async (scope) => {
    const done = await scope.db
      .updateTable("contacts")
      .set((column) => ({ owner_id: toUserId, version: column("version", "+", 1) }))
      .where("account_id", "=", scope.account.id)
      .where("owner_id", "=", fromUserId)
      .executeTakeFirst();
    const count = Number(done.numUpdatedRows);
    if (toUserId && toUserId !== scope.user?.id && count > 0) {
      const subject = { count, contactId: null };
      await notify(scope, { userIds: [toUserId], kind: "contacts-given", eventKey: `handed:${newId()}`, subject });
    }
    return count;
  });
}
