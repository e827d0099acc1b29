/** Puts contacts back as they were before a change: what was typed, whether they are put aside, and whose they are. */
import { type LeftAlone, type PutBack, type Undone, type WrittenEntry } from "~/features/changes/undo.server";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { writeAside } from "~/features/contacts/deletion/delete-contacts.server";
import { broughtByOthers } from "~/features/contacts/undo/brought-by-others.server";
import { isAsMade, restoreHand } from "~/features/contacts/undo/restore-hand.server";
import { restoreHandMany } from "~/features/contacts/undo/restore-hand-many.server";
import { restoreRecords } from "~/features/contacts/undo/restore-records.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { type Aside, setOwner } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** Which of these contacts are there for the reader, deleted ones too. */
export async function seenContacts(scope: Scope, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (const ids of valueChunks(contactIds)) {
    const rows = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .where(seenBy(scope))
      .execute();
    for (const { id } of rows) seen.add(id);
  }
  return seen;
}

export async function restoreContacts(
  scope: Scope,
  entries: readonly WrittenEntry[],
  { changeSetId, editedToo }: Undone,
): Promise<PutBack> {
  const rows = await lockThem(scope, [...new Set(entries.map((entry) => entry.subjectId))]);
  const back: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  const there = entries.filter((entry) => rows.has(entry.subjectId));
  for (const { subjectId } of entries) {
    if (!rows.has(subjectId)) back.leftAlone.push({ subjectId, name: null, what: "" });
  }
  await restoreAside(scope, there.filter(isAside), { rows, back, editedToo, changeSetId });
  await restoreOwners(scope, there.filter(isOwner), { rows, back, editedToo });
  await restoreWithdrawn(scope, there.filter(isRecords), { rows, back, editedToo });
  for (const entry of await simpleOnesBack(scope, there.filter(isHand), { rows, back, editedToo })) {
    await restoreTyped(scope, entry, { rows, back, editedToo });
  }
  return back;
}

const says = (entry: WrittenEntry, key: string) => key in (entry.after ?? entry.before ?? {});
const isAside = (entry: WrittenEntry) => says(entry, "archivedAt");
const isOwner = (entry: WrittenEntry) => says(entry, "ownerId");
const isRecords = (entry: WrittenEntry) => says(entry, "records");
const isHand = (entry: WrittenEntry) => says(entry, "byHand");

export type Row = Aside & { id: string; name: string; ownerId: string | null; ownerName: string | null };

interface Restoring {
  rows: ReadonlyMap<string, Row>;
  back: Required<PutBack>;
  editedToo: boolean;
}

function leave({ back, rows }: Restoring, subjectId: string, left: Pick<LeftAlone, "what" | "why">): void {
  back.leftAlone.push({ subjectId, name: rows.get(subjectId)?.name ?? null, ...left });
}

const asideKeys = ["archivedAt", "archivedBy", "deletedAt", "deletedBy"] as const;

type RestoringAside = Restoring & Pick<Undone, "changeSetId">;

/** Archived, deleted, or taken back from there: many with a few statements. */
async function restoreAside(scope: Scope, entries: readonly WrittenEntry[], restoring: RestoringAside): Promise<void> {
  const changes: { id: string; after: Aside }[] = [];
  const whyNot = await whyAsideStays(scope, entries, restoring);
  for (const entry of entries) {
    const { subjectId, before } = entry;
    const row = restoring.rows.get(subjectId);
    const left = whyNot(row, entry);
    if (!row || left) {
      leave(restoring, subjectId, left ?? { what: IN_LISTS });
      continue;
    }
    const keys = asideKeys.filter((key) => key in (before ?? {}));
    const now = Object.fromEntries(keys.map((key) => [key, row[key]]));
    changes.push({ id: subjectId, after: before as Aside });
    restoring.back.entries.push({ subjectKind: "contact", subjectId, before: now, after: before });
  }
  await writeAside(scope, changes);
}

const IN_LISTS = "in the lists or not";

/** What was changed since stays; and who would be deleted again, but another run has brought them, too. */
async function whyAsideStays(scope: Scope, entries: readonly WrittenEntry[], restoring: RestoringAside) {
  if (restoring.editedToo) return () => null;
  const deleting = entries.filter(({ before, after }) => before?.deletedAt && !after?.deletedAt);
  const again = deleting.map(({ subjectId }) => subjectId);
  const brought = await broughtByOthers(scope, restoring.changeSetId, again);
  return (row: Row | undefined, { subjectId, after }: WrittenEntry) => {
    if (!row || !isAsLeft(row, after)) {
      return { what: IN_LISTS, why: row?.deletedAt && !after?.deletedAt ? "it was deleted since" : undefined };
    }
    return brought.has(subjectId) ? { what: "all of it", why: "a later run has brought it, too" } : null;
  };
}

/** What an entry does not say of being deleted is that it was not. */
function isAsLeft(row: Row, after: WrittenEntry["after"]): boolean {
  const left = { deletedAt: null, deletedBy: null, ...after } as Aside;
  return asideKeys.every((key) => row[key] === left[key]);
}

async function restoreOwners(scope: Scope, entries: readonly WrittenEntry[], restoring: Restoring): Promise<void> {
  const members = entries.length > 0 ? await membersOf(scope) : new Set<string>();
  const byOwner = new Map<string | null, string[]>();
  for (const { subjectId, before, after } of entries) {
    const row = restoring.rows.get(subjectId);
    const ownerId = ownerIn(before);
    if (!row || !mayGive(row, after, restoring)) leave(restoring, subjectId, { what: "who looks after it" });
    else if (ownerId !== null && !members.has(ownerId)) {
      leave(restoring, subjectId, { what: "who looks after it", why: "whoever did has left" });
    } else {
      byOwner.set(ownerId, [...(byOwner.get(ownerId) ?? []), subjectId]);
      const now = { ownerId: row.ownerId, ownerName: row.ownerName };
      restoring.back.entries.push({ subjectKind: "contact", subjectId, before: now, after: before });
    }
  }
  for (const [ownerId, ids] of byOwner) await setOwner(scope, ids, ownerId);
}

function mayGive(row: Row, after: WrittenEntry["after"], { editedToo }: Restoring): boolean {
  return row.deletedAt === null && (editedToo || row.ownerId === ownerIn(after));
}

/** What an import says, withdrawn by its undo and taken up again. */
async function restoreWithdrawn(scope: Scope, entries: readonly WrittenEntry[], restoring: Restoring): Promise<void> {
  const isGone = ({ subjectId }: WrittenEntry) => restoring.rows.get(subjectId)?.deletedAt != null;
  for (const { subjectId } of entries.filter(isGone)) {
    leave(restoring, subjectId, { what: "all of it", why: "it was deleted since" });
  }
  const restored = await restoreRecords(
    scope,
    entries.filter((entry) => !isGone(entry)),
  );
  restoring.back.entries.push(...restored.entries);
}

function ownerIn(state: WrittenEntry["before"]): string | null {
  return (state?.ownerId ?? null) as string | null;
}

async function membersOf(scope: Scope): Promise<Set<string>> {
  const rows = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select("memberships.user_id")
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** Those that nobody has touched since, together; the others are left to be looked at one by one. */
async function simpleOnesBack(scope: Scope, entries: readonly WrittenEntry[], { rows, back }: Restoring) {
  const isGone = ({ subjectId }: WrittenEntry) => rows.get(subjectId)?.deletedAt != null;
  const restored = await restoreHandMany(
    scope,
    entries.filter((entry) => !isGone(entry)),
  );
  back.entries.push(...restored.entries);
  return [...entries.filter(isGone), ...restored.others];
}

async function restoreTyped(scope: Scope, entry: WrittenEntry, restoring: Restoring): Promise<void> {
  const { subjectId } = entry;
  const row = restoring.rows.get(subjectId);
  if (row?.deletedAt) return leave(restoring, subjectId, { what: "all of it", why: "it was deleted since" });
  if (entry.before === null) return row && undoMaking(scope, entry, { ...restoring, row });
  const { entry: undone, changedSince, unknown } = await restoreHand(scope, entry, restoring);
  if (undone) restoring.back.entries.push(undone);
  const why = unknown ? "nothing would be left to know it by" : undefined;
  const fields = changedSince.length > 0 ? await customFields(scope) : [];
  for (const field of changedSince) leave(restoring, subjectId, { what: nameOfField(field, fields), why });
}

/** What was made is deleted again, as by hand: for 30 days it can be brought back. */
async function undoMaking(scope: Scope, entry: WrittenEntry, restoring: Restoring & { row: Row }): Promise<void> {
  const { row, back } = restoring;
  if (!restoring.editedToo && !(await isAsMade(scope, entry))) return leave(restoring, row.id, { what: "all of it" });
  const { archivedAt, archivedBy, deletedAt = null, deletedBy = null } = row;
  const now = { at: scope.clock.now(), by: scope.user?.id ?? null };
  const archived = archivedAt === null ? { archivedAt: now.at, archivedBy: now.by } : { archivedAt, archivedBy };
  const after = { ...archived, deletedAt: now.at, deletedBy: now.by };
  await writeAside(scope, [{ id: row.id, after }]);
  const before = { archivedAt, archivedBy, deletedAt, deletedBy };
  back.entries.push({ subjectKind: "contact", subjectId: row.id, before, after });
  back.gone.push(row.id);
}

export async function lockThem(scope: Scope, contactIds: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const ids of valueChunks([...contactIds].sort())) {
    const rows = await scope.db
      .selectFrom("contacts")
      .leftJoin("users as owner", "owner.id", "contacts.owner_id")
      .select(["contacts.id", "contacts.name", "contacts.owner_id as ownerId", "owner.name as ownerName"])
      .select(["contacts.archived_at as archivedAt", "contacts.archived_by as archivedBy"])
      .select(["contacts.deleted_at as deletedAt", "contacts.deleted_by as deletedBy"])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "in", ids)
      .orderBy("contacts.id")
      .$call(lockRows(scope, { of: "contacts" }))
      .execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
