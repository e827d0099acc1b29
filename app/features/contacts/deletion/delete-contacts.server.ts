/** Deleting takes contacts away from everybody, for 30 days so that they can be brought back, then for good. */
import { UNDO_MS } from "~/features/changes/undo-window";
import { MOST_AT_ONCE } from "~/features/contacts/list/contact-list";
import { recordChange } from "~/features/contacts/record-change.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { type Aside, setAside } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

const ROWS_AT_ONCE = 300;

export interface Deleted {
  deleted: number;
  /** By which it can be undone; null when nothing was changed. */
  changeSetId: string | null;
}

/** Deletes contacts, archived ones too, as one change. Ids that are not there are passed over. */
export function deleteContacts(scope: Scope, contactIds: readonly string[]): Promise<Deleted> {
  return inTransaction(scope, async (scope) => {
    const rows = await lockThose(scope, contactIds, "there");
    const gone = { deletedAt: scope.clock.now(), deletedBy: scope.user?.id ?? null };
    const changes = rows.map((row) => {
      const archived = { archivedAt: row.archived_at, archivedBy: row.archived_by };
      const now = { archivedAt: gone.deletedAt, archivedBy: gone.deletedBy };
      return {
        id: row.id,
        before: { ...archived, deletedAt: null, deletedBy: null },
        after: { ...(row.archived_at === null ? now : archived), ...gone },
      };
    });
    const changeSetId = await write(scope, "contact.deleted", changes);
    return { deleted: rows.length, changeSetId };
  });
}

/** Brings deleted contacts back, as they were: archived or not. Ids of others are passed over. */
export function bringBackContacts(
  scope: Scope,
  contactIds: readonly string[],
): Promise<{ broughtBack: number; changeSetId: string | null }> {
  return inTransaction(scope, async (scope) => {
    const rows = await lockThose(scope, contactIds, "deleted");
    const changes = rows.map((row) => {
      const archived = { archivedAt: row.archived_at, archivedBy: row.archived_by };
      // What was not archived before was put aside in the moment it was deleted.
      const before = row.archived_at === row.deleted_at ? { archivedAt: null, archivedBy: null } : archived;
      return {
        id: row.id,
        before: { ...archived, deletedAt: row.deleted_at, deletedBy: row.deleted_by },
        after: { ...before, deletedAt: null, deletedBy: null },
      };
    });
    const changeSetId = await write(scope, "contact.brought-back", changes);
    return { broughtBack: rows.length, changeSetId };
  });
}

interface Change {
  id: string;
  before: Aside;
  after: Aside;
}

async function write(scope: Scope, action: string, changes: readonly Change[]): Promise<string | null> {
  const [first] = changes;
  if (!first) return null;
  await writeAside(scope, changes);
  return recordChange(scope, {
    action,
    ...(changes.length === 1 ? { subject: { contactId: first.id } } : {}),
    counts: { contacts: changes.length },
    entries: changes.map(({ id, before, after }) => ({ subjectKind: "contact", subjectId: id, before, after })),
  });
}

/** Those that come to the same end are written with one statement, three hundred at a time. */
export async function writeAside(scope: Scope, changes: readonly Pick<Change, "id" | "after">[]): Promise<void> {
  const groups = new Map<string, { ids: string[]; after: Aside }>();
  for (const { id, after } of changes) {
    const key = JSON.stringify(after);
    const group = groups.get(key) ?? { ids: [], after };
    group.ids.push(id);
    groups.set(key, group);
  }
  for (const { ids, after } of groups.values()) {
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
      await setAside(scope, ids.slice(at, at + ROWS_AT_ONCE), after);
    }
  }
}

/** Held to the end of the transaction, always in the same order. */
async function lockThose(scope: Scope, contactIds: readonly string[], which: "there" | "deleted") {
  const ids = [...new Set(contactIds)].slice(0, MOST_AT_ONCE);
  // Postgres takes no empty list.
  if (ids.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "archived_at", "archived_by", "deleted_at", "deleted_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .where("deleted_at", which === "there" ? "is" : "is not", null)
    .where(seenBy(scope))
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}

/** What is deleted by then goes for good. */
export function deletedBefore(scope: Scope): string {
  return later(scope.clock.now(), -UNDO_MS);
}
