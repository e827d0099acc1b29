/** Who looks after a contact: a member of the account. No record says so, a person does. */
import { recordChange } from "~/features/contacts/record-change.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { setOwner } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { notify } from "~/features/notices/notify.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Owner {
  id: string;
  name: string;
}

/** Who may look after a contact, by name; null where whoever asks has no choice. `keptId` is among them in any case. */
export async function listOwners(scope: Scope, keptId: string | null): Promise<Owner[] | null> {
  if (scope.ownOnly) return null;
  return members(scope)
    .where((eb) =>
      eb.or([
        eb.and([eb("memberships.disabled_at", "is", null), eb("users.disabled_at", "is", null)]),
        ...(keptId === null ? [] : [eb("users.id", "=", keptId)]),
      ]),
    )
    .orderBy("users.name")
    .orderBy("users.id")
    .limit(1_000)
    .execute();
}

function members(scope: Scope) {
  return scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name"])
    .where("memberships.account_id", "=", scope.account.id);
}

/** Whoever sees only their own contacts cannot give them away; the new owner is no active member. */
export type CannotAssign = "not-yours-to-give" | "not-a-member";

export type AssignResult =
  { ok: true; given: number; changeSetId: string | null } | { ok: false; reason: CannotAssign };

/** Why contacts cannot be given to this member, or (null) to nobody; null: they can. */
export async function cannotAssign(scope: Scope, ownerId: string | null): Promise<CannotAssign | null> {
  if (scope.ownOnly) return "not-yours-to-give";
  return ownerId === null || (await findOwner(scope, ownerId)) ? null : "not-a-member";
}

/**
 * Gives contacts to a member, or (null) to nobody, as one change; the member is told, unless it was their own doing.
 * Contacts that are not there, or theirs already, are passed over.
 */
export function assignOwner(
  scope: Scope,
  contactIds: readonly string[],
  ownerId: string | null,
): Promise<AssignResult> {
  return inTransaction(scope, async (scope) => {
    if (scope.ownOnly) return { ok: false, reason: "not-yours-to-give" };
    const owner = ownerId === null ? null : await findOwner(scope, ownerId);
    if (owner === undefined) return { ok: false, reason: "not-a-member" };
    const rows = await lockOwned(scope, contactIds);
    const toGive = rows.filter((row) => row.owner_id !== ownerId);
    if (toGive.length === 0) return { ok: true, given: 0, changeSetId: null };
    const ids = toGive.map((row) => row.id);
    await setOwner(scope, ids, ownerId);
    const changeSetId = await recordGift(scope, toGive, owner);
    if (owner && owner.id !== scope.user?.id) {
      const contactId = ids.length === 1 ? (ids[0] ?? null) : null;
      await tellOwner(scope, owner, { count: ids.length, contactId, changeSetId });
    }
    return { ok: true, given: ids.length, changeSetId };
  });
}

function recordGift(
  scope: Scope,
  given: readonly { id: string; owner_id: string | null; owner_name: string | null }[],
  owner: Owner | null,
): Promise<string> {
  const [first, ...others] = given;
  return recordChange(scope, {
    action: "contact.given",
    subject: {
      ...(first && others.length === 0 ? { contactId: first.id } : {}),
      ...(owner ? { ownerId: owner.id } : {}),
    },
    counts: { contacts: given.length },
    entries: given.map((row) => ({
      subjectKind: "contact",
      subjectId: row.id,
      before: { ownerId: row.owner_id, ownerName: row.owner_name },
      after: { ownerId: owner?.id ?? null, ownerName: owner?.name ?? null },
    })),
  });
}

/** An active member. Held, so that nobody is given contacts while they are being removed. */
export async function findOwner(scope: Scope, userId: string): Promise<Owner | undefined> {
  if (!isId(userId)) return undefined;
  return members(scope)
    .where("users.id", "=", userId)
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .$if(scope.db.isTransaction, lockRows(scope, { of: "memberships", how: "share" }))
    .executeTakeFirst();
}

/** `contactId`: where it is one. */
export function tellOwner(
  scope: Scope,
  owner: Owner,
  { count, contactId, changeSetId }: { count: number; contactId: string | null; changeSetId: string },
) {
  return notify(scope, {
    userIds: [owner.id],
    kind: "contacts-given",
    eventKey: `change-set:${changeSetId}:given`,
    subject: { count, contactId },
  });
}

async function lockOwned(scope: Scope, contactIds: readonly string[]) {
  const found = [];
  for (const ids of valueChunks([...new Set(contactIds.filter(isId))])) {
    const rows = await scope.db
      .selectFrom("contacts")
      .leftJoin("users as owner", "owner.id", "contacts.owner_id")
      .select(["contacts.id", "contacts.owner_id", "owner.name as owner_name"])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "in", ids)
      .where("contacts.deleted_at", "is", null)
      .where(seenBy(scope))
      .orderBy("contacts.id")
      .$call(lockRows(scope, { of: "contacts" }))
      .execute();
    found.push(...rows);
  }
  return found;
}
