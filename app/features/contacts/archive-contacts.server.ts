/** Archiving puts contacts aside: out of lists and search, with everything kept. Restoring takes them back. */
import { recordChange } from "~/features/contacts/record-change.server";
import { setArchived } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** As many as one statement and one change set may take. */
export const MOST_AT_ONCE = 10_000;

type Result = { ok: true } | { ok: false; reason: "not-found" };

/** Idempotent. */
export async function archiveContact(scope: Scope, contactId: string): Promise<Result> {
  return (await setAside(scope, [contactId], true)).found > 0 ? { ok: true } : { ok: false, reason: "not-found" };
}

/** Idempotent. */
export async function restoreContact(scope: Scope, contactId: string): Promise<Result> {
  return (await setAside(scope, [contactId], false)).found > 0 ? { ok: true } : { ok: false, reason: "not-found" };
}

/** Archives many as one change; says how many were not archived before. Ids that are not there are passed over. */
export async function archiveContacts(scope: Scope, contactIds: readonly string[]): Promise<{ archived: number }> {
  return { archived: (await setAside(scope, contactIds, true)).changed };
}

function setAside(scope: Scope, contactIds: readonly string[], archive: boolean) {
  return inTransaction(scope, async (scope) => {
    const rows = await lockContacts(scope, contactIds.slice(0, MOST_AT_ONCE));
    const toChange = rows.filter((row) => (row.archived_at === null) === archive);
    if (toChange.length === 0) return { found: rows.length, changed: 0 };
    const archivedAt = archive ? scope.clock.now() : null;
    const archivedBy = archive ? (scope.user?.id ?? null) : null;
    await setArchived(
      scope,
      toChange.map((row) => row.id),
      { archivedAt, archivedBy },
    );
    await recordChange(scope, {
      action: archive ? "contact.archived" : "contact.restored",
      ...(contactIds.length === 1 ? { subject: { contactId: contactIds[0] as string } } : {}),
      counts: { contacts: toChange.length },
      entries: toChange.map((row) => ({
        subjectKind: "contact",
        subjectId: row.id,
        before: { archivedAt: row.archived_at, archivedBy: row.archived_by },
        after: { archivedAt, archivedBy },
      })),
    });
    return { found: rows.length, changed: toChange.length };
  });
}

async function lockContacts(scope: Scope, contactIds: readonly string[]) {
  // Postgres takes no empty list.
  if (contactIds.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "archived_at", "archived_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", contactIds)
    .orderBy("id")
    .$if(scope.database.dialect === "postgres", (query) => query.forUpdate())
    .execute();
}
