/** Changes some contacts that are there and held as one change says. The entries of those that were changed. */
import { type BulkChange, isByHand } from "~/features/contacts/bulk/bulk-edit";
import { writeByHandMany } from "~/features/contacts/bulk/write-by-hand.server";
import { type WrittenEntry } from "~/features/changes/undo.server";
import { type Channel } from "~/features/contacts/consent/consent";
import { writeAside } from "~/features/contacts/deletion/delete-contacts.server";
import { type Aside, serveConsent, setOwner } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A contact as it stands when it is changed. */
export interface HeldContact {
  id: string;
  ownerId: string | null;
  ownerName: string | null;
  archivedAt: string | null;
  archivedBy: string | null;
}

export async function writeBulk(
  scope: Scope,
  contacts: readonly HeldContact[],
  change: BulkChange,
): Promise<WrittenEntry[]> {
  if (contacts.length === 0) return [];
  if (isByHand(change)) {
    const ids = contacts.map(({ id }) => id);
    return writeByHandMany(scope, ids, change);
  }
  if (change.what === "marks") return mark(scope, contacts, change);
  if (change.what === "owner") return give(scope, contacts, change);
  return putAside(scope, contacts, change.what);
}

const entry = (subjectId: string, before: Record<string, unknown>, after: Record<string, unknown>): WrittenEntry => ({
  ...{ subjectKind: "contact", subjectId, before, after },
});

async function give(
  scope: Scope,
  contacts: readonly HeldContact[],
  { ownerId, ownerName }: Extract<BulkChange, { what: "owner" }>,
): Promise<WrittenEntry[]> {
  const others = contacts.filter((contact) => contact.ownerId !== ownerId);
  await setOwner(
    scope,
    others.map(({ id }) => id),
    ownerId,
  );
  return others.map((contact) =>
    entry(contact.id, { ownerId: contact.ownerId, ownerName: contact.ownerName }, { ownerId, ownerName }),
  );
}

interface AsideChange {
  id: string;
  before: Aside;
  after: Aside;
}

/** As `archiveContacts` and `deleteContacts` write it. */
async function putAside(
  scope: Scope,
  contacts: readonly HeldContact[],
  what: "archive" | "unarchive" | "delete",
): Promise<WrittenEntry[]> {
  const [at, by] = [scope.clock.now(), scope.user?.id ?? null];
  const changes = contacts.flatMap(({ id, archivedAt, archivedBy }): AsideChange[] => {
    const archived = { archivedAt, archivedBy };
    if (what === "delete") {
      const now = archivedAt === null ? { archivedAt: at, archivedBy: by } : archived;
      const before = { ...archived, deletedAt: null, deletedBy: null };
      return [{ id, before, after: { ...now, deletedAt: at, deletedBy: by } }];
    }
    if ((archivedAt === null) !== (what === "archive")) return [];
    const after = what === "archive" ? { archivedAt: at, archivedBy: by } : { archivedAt: null, archivedBy: null };
    return [{ id, before: archived, after }];
  });
  await writeAside(scope, changes);
  return changes.map(({ id, before, after }) => entry(id, before, after));
}

async function mark(
  scope: Scope,
  contacts: readonly HeldContact[],
  { channels, reason }: Extract<BulkChange, { what: "marks" }>,
): Promise<WrittenEntry[]> {
  const ids = contacts.map(({ id }) => id);
  const said = await openMarks(scope, ids, reason);
  const [at, by] = [scope.clock.now(), scope.user?.id ?? null];
  const rows = ids.flatMap((id) =>
    channels
      .filter((channel) => !said.has(`${id} ${channel}`))
      .map((channel) => ({
        ...{ account_id: scope.account.id, id: newId(), contact_id: id, channel, reason },
        ...{ marked_at: at, marked_by: by, lifted_at: null, lifted_by: null },
      })),
  );
  for (const some of rowChunks(rows)) await scope.db.insertInto("do_not_contact_marks").values(some).execute();
  await serveConsent(scope, [...new Set(rows.map((row) => row.contact_id))]);
  return rows.map(({ id, contact_id, channel }) => ({
    ...{ subjectKind: "do-not-contact", subjectId: contact_id, before: null },
    after: { id, channel, reason, markedAt: at, markedBy: by, liftedAt: null, liftedBy: null },
  }));
}

/** "contact channel" of those that are said for this reason already. */
async function openMarks(scope: Scope, contactIds: readonly string[], reason: string): Promise<Set<string>> {
  const rows: { contact_id: string; channel: Channel }[] = await scope.db
    .selectFrom("do_not_contact_marks")
    .select(["contact_id", "channel"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .where("reason", "=", reason)
    .where("lifted_at", "is", null)
    .execute();
  return new Set(rows.map((row) => `${row.contact_id} ${row.channel}`));
}
