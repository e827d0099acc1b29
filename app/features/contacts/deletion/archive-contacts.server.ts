/** Archiving puts contacts aside: out of lists and search, with everything kept. Restoring takes them back. */
import { lockContacts } from "~/features/contacts/hand-change.server";
import { MOST_AT_ONCE } from "~/features/contacts/list/contact-list";
import { recordChange } from "~/features/contacts/record-change.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { setAside } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** On SQLite a statement of so many rows takes some 10 ms, and the program does nothing else meanwhile. */
const ROWS_AT_ONCE = 300;

/** `changeSetId`: by which it can be undone; null when nothing was changed. */
type Result = { ok: true; changeSetId: string | null } | { ok: false; reason: "not-found" };

/** Idempotent. */
export function archiveContact(scope: Scope, contactId: string): Promise<Result> {
  return setOneAside(scope, contactId, true);
}

/** Idempotent. */
export function restoreContact(scope: Scope, contactId: string): Promise<Result> {
  return setOneAside(scope, contactId, false);
}

async function setOneAside(scope: Scope, contactId: string, archive: boolean): Promise<Result> {
  const { found, changeSetId } = await setThemAside(scope, [contactId], archive);
  return found > 0 ? { ok: true, changeSetId } : { ok: false, reason: "not-found" };
}

export interface Archived {
  archived: number;
  /** By which it can be undone; null when nothing was changed. */
  changeSetId: string | null;
}

/** Archives many as one change; says how many were not archived before. Ids that are not there are passed over. */
export async function archiveContacts(scope: Scope, contactIds: readonly string[]): Promise<Archived> {
  const { changed, changeSetId } = await setThemAside(scope, contactIds, true);
  return { archived: changed, changeSetId };
}

/** Restores many as one change; says how many were archived. Ids that are not there are passed over. */
export async function restoreContacts(
  scope: Scope,
  contactIds: readonly string[],
): Promise<{ restored: number; changeSetId: string | null }> {
  const { changed, changeSetId } = await setThemAside(scope, contactIds, false);
  return { restored: changed, changeSetId };
}

/** How many of these are there and not archived: exactly, for a page that asks before it acts. */
export async function countCurrent(scope: Scope, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
  const row = await scope.db
    .selectFrom("contacts")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("id", "in", contactIds)
    .where("archived_at", "is", null)
    .where(seenBy(scope))
    .executeTakeFirst();
  return row?.count ?? 0;
}

function setThemAside(scope: Scope, contactIds: readonly string[], archive: boolean) {
  return inTransaction(scope, async (scope) => {
    const rows = await lockContacts(scope, contactIds.slice(0, MOST_AT_ONCE));
    const toChange = rows.filter((row) => (row.archived_at === null) === archive);
    const changeSetId = await writeAside(scope, toChange, archive);
    return { found: rows.length, changed: toChange.length, changeSetId };
  });
}

type Row = Awaited<ReturnType<typeof lockContacts>>[number];

/** The change set's id; null when there was nothing to change. */
async function writeAside(scope: Scope, rows: readonly Row[], archive: boolean): Promise<string | null> {
  const [first] = rows;
  if (!first) return null;
  const archivedAt = archive ? scope.clock.now() : null;
  const archivedBy = archive ? (scope.user?.id ?? null) : null;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const ids = rows.slice(at, at + ROWS_AT_ONCE).map((row) => row.id);
    await setAside(scope, ids, { archivedAt, archivedBy });
  }
  return recordChange(scope, {
    action: archive ? "contact.archived" : "contact.restored",
    ...(rows.length === 1 ? { subject: { contactId: first.id } } : {}),
    counts: { contacts: rows.length },
    entries: rows.map((row) => ({
      subjectKind: "contact",
      subjectId: row.id,
      before: { archivedAt: row.archived_at, archivedBy: row.archived_by },
      after: { archivedAt, archivedBy },
    })),
  });
}
