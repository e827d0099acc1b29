/** The contacts that somebody looks after, when that person leaves. */
import { sql } from "kysely";
import "~/features/contacts/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { openChangeSet } from "~/features/changes/changes.server";
import { findOwner, type Owner, tellOwner } from "~/features/contacts/owners.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
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

/**
 * Gives all contacts of one person to another member, who is told, or to nobody. Returns how many. Four statements
 * whatever their number, as it is done while the page waits: every entry of the change says the same.
 * @throws when the other is no active member
 */
export function handOverOwned(scope: Scope, fromUserId: string, toUserId: string | null): Promise<number> {
  return inTransaction(scope, async (scope) => {
    const to = toUserId === null ? null : await findOwner(scope, toUserId);
    if (to === undefined) throw new Error("Contacts can be handed to an active member only.");
    const count = await countOwned(scope, fromUserId);
    if (count === 0) {
      await give(scope, fromUserId, toUserId);
      return 0;
    }
    const eventId = newId();
    const changeSetId = await openChangeSet(scope, { action: "contact.given", eventId });
    const from = { id: fromUserId, name: await nameOf(scope, fromUserId) };
    const given = await tellOfEach(scope, changeSetId, { from, to });
    // Before the event, which holds the account's chain: who holds a contact waits for that.
    await give(scope, fromUserId, toUserId);
    if (to && to.id !== scope.user?.id) await tellOwner(scope, to, { count: given, contactId: null, changeSetId });
    const subject: Record<string, string> = to ? { ownerId: to.id } : {};
    await recordEvent(scope, { id: eventId, action: "contact.given", subject, counts: { contacts: given } });
    return given;
  });
}

/** The deleted ones too: they may be brought back. */
async function give(scope: Scope, fromUserId: string, toUserId: string | null): Promise<void> {
  await scope.db
    .updateTable("contacts")
    .set((eb) => ({ owner_id: toUserId, changed_at: scope.clock.now(), version: eb("version", "+", 1) }))
    .where("account_id", "=", scope.account.id)
    .where("owner_id", "=", fromUserId)
    .execute();
}

async function tellOfEach(
  scope: Scope,
  changeSetId: string,
  { from, to }: { from: { id: string; name: string | null }; to: Owner | null },
): Promise<number> {
  const told = (owner: { id: string; name: string | null } | null) =>
    toJson({ ownerId: owner?.id ?? null, ownerName: owner?.name ?? null });
  const entries = scope.db
    .selectFrom("contacts")
    .select((eb) => [
      eb.cast<string>(eb.val(scope.account.id), "uuid").as("account_id"),
      eb.cast<string>(eb.val(changeSetId), "uuid").as("change_set_id"),
      sql<number>`row_number() over (order by contacts.id) - 1`.as("position"),
      eb.cast<string>(eb.val("contact"), "text").as("subject_kind"),
      "contacts.id as subject_id",
      eb.cast<string>(eb.val(told(from)), "text").as("before"),
      eb.cast<string>(eb.val(told(to)), "text").as("after"),
    ])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.owner_id", "=", from.id)
    .where("contacts.deleted_at", "is", null);
  const { numInsertedOrUpdatedRows } = await scope.db
    .insertInto("change_entries")
    .columns(["account_id", "change_set_id", "position", "subject_kind", "subject_id", "before", "after"])
    .expression(entries)
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0);
}

async function nameOf(scope: Scope, userId: string): Promise<string | null> {
  const row = await scope.db.selectFrom("users").select("name").where("id", "=", userId).executeTakeFirst();
  return row?.name ?? null;
}
