/** Changes the contacts of one change some hundred at a time: each batch is written whole or not at all. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { recordEvent } from "~/features/audit/audit.server";
import { addEntries, closeChangeSet, openChangeSet } from "~/features/changes/changes.server";
import { type BulkChange, isByHand } from "~/features/contacts/bulk/bulk-edit";
import { heldValues } from "~/features/contacts/bulk/bulk-outcome.server";
import { type LockedEdit, lockEdit, readChange, updateEdit } from "~/features/contacts/bulk/bulk-row.server";
import "~/features/contacts/bulk/tables";
import { type HeldContact, writeBulk } from "~/features/contacts/bulk/write-bulk.server";
import { findOwner, tellOwner } from "~/features/contacts/owners.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { notify } from "~/features/notices/notify.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

const BATCH = 300;

/** By the verb of the history. */
function actionOf(change: BulkChange): string {
  if (isByHand(change)) return "contacts.edited";
  const verbs = { owner: "given", marks: "marked", archive: "archived", unarchive: "restored", delete: "deleted" };
  return `contact.${verbs[change.what]}`;
}

/** Opens its change set. Call in the transaction that locked it. */
export async function beginBulk(scope: Scope, edit: LockedEdit): Promise<void> {
  const changeSetId = await openChangeSet(scope, { action: actionOf(readChange(edit)) });
  const state = { state: "waiting" as const, change_set_id: changeSetId, started_at: scope.clock.now() };
  await updateEdit(scope, edit.id, { ...state, after_key: null, after_id: null });
}

/** Goes on from where it stands to its end. Called again after a kill, nothing is done twice. */
export async function continueBulk(scope: Scope, bulkId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    if (await inTransaction(scope, (scope) => doBatch(scope, bulkId, { isNoticed: true }))) return;
  }
}

interface Way {
  /** Whoever asked has left the page, and is told when it has ended. */
  isNoticed: boolean;
  /** Ends it here. */
  end?: "cancelled" | "failed";
  problem?: string;
  reference?: string;
}

/** One batch, or the end; whether that was all. In a transaction. */
export async function doBatch(scope: Scope, bulkId: string, way: Way): Promise<boolean> {
  const edit = await lockEdit(scope, bulkId, ["waiting", "running"]);
  if (!edit) return true;
  const change = readChange(edit);
  const chosen = way.end ? [] : await nextChosen(scope, edit);
  const last = chosen.at(-1);
  if (!last) {
    await end(scope, edit, { change, way });
    return true;
  }
  const held = await hold(scope, chosen, change);
  const free = held.filter((contact) => !contact.isConflict);
  const entries = await writeBulk(scope, free, change);
  await addEntries(
    scope,
    edit.change_set_id ?? "",
    entries.map((entry, index) => ({ ...entry, position: edit.entries + index })),
  );
  await updateEdit(scope, bulkId, {
    state: "running",
    after_id: last.contact_id,
    done: edit.done + chosen.length,
    changed: edit.changed + new Set(entries.map((entry) => entry.subjectId)).size,
    entries: edit.entries + entries.length,
    conflicts: edit.conflicts + held.length - free.length,
    gone: edit.gone + chosen.length - held.length,
  });
  return false;
}

type Chosen = Awaited<ReturnType<typeof nextChosen>>[number];

function nextChosen(scope: Scope, { id, after_id }: LockedEdit) {
  return scope.db
    .selectFrom("bulk_contacts")
    .select(["contact_id", "version", "seen"])
    .where("account_id", "=", scope.account.id)
    .where("bulk_id", "=", id)
    .where("outcome", "=", "change")
    .$if(after_id !== null, (query) => query.where("contact_id", ">", after_id ?? ""))
    .orderBy("contact_id")
    .limit(BATCH)
    .execute();
}

/** Those that are still there for whoever asked, held to the end of the transaction, always in the same order. */
async function hold(
  scope: Scope,
  chosen: readonly Chosen[],
  change: BulkChange,
): Promise<(HeldContact & { isConflict: boolean })[]> {
  const rows = await scope.db
    .selectFrom("contacts")
    .leftJoin("users as owner", "owner.id", "contacts.owner_id")
    .select(["contacts.id", "contacts.version", "contacts.owner_id as ownerId", "owner.name as ownerName"])
    .select(["contacts.archived_at as archivedAt", "contacts.archived_by as archivedBy"])
    .where("contacts.account_id", "=", scope.account.id)
    .where(
      "contacts.id",
      "in",
      chosen.map((each) => each.contact_id),
    )
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("contacts.id")
    .$call(lockRows(scope, { of: "contacts" }))
    .execute();
  const before = new Map(chosen.map((each) => [each.contact_id, each]));
  // Only now that they are held: what stands in other tables would else be as it was before the wait.
  const ids = rows.map(({ id }) => id);
  const values = await heldValues(scope, change, ids);
  return rows.map(({ version, ...contact }) => {
    const seen = before.get(contact.id);
    const now = values.get(contact.id) ?? null;
    return { ...contact, isConflict: isConflict(change, seen, { version, now }) };
  });
}

/** Somebody set the same to something else since the numbers were shown; what is to be deleted, anything at all. */
function isConflict(change: BulkChange, seen: Chosen | undefined, is: { version: number; now: string | null }) {
  if (!seen || is.version === seen.version) return false;
  if (change.what === "delete") return true;
  return (change.what === "field" || change.what === "owner") && is.now !== seen.seen;
}

async function end(scope: Scope, edit: LockedEdit, { change, way }: { change: BulkChange; way: Way }): Promise<void> {
  const changeSetId = edit.change_set_id ?? "";
  const state: "done" | "cancelled" | "failed" = way.end ?? "done";
  await updateEdit(scope, edit.id, {
    ...{ state, finished_at: scope.clock.now() },
    ...{ problem: way.problem ?? null, problem_reference: way.reference ?? null },
  });
  if (way.isNoticed) await tellAsker(scope, edit, state);
  if (change.what === "owner" && edit.changed > 0) {
    await tellNewOwner(scope, change.ownerId, { count: edit.changed, changeSetId });
  }
  const eventId = await recordEvent(scope, {
    action: actionOf(change),
    fields: change.what === "field" ? [change.field] : isByHand(change) ? ["tags"] : [],
    counts: { contacts: edit.changed },
  });
  await closeChangeSet(scope, changeSetId, eventId);
}

async function tellAsker(scope: Scope, edit: LockedEdit, state: "done" | "cancelled" | "failed"): Promise<void> {
  const subject = { state, changed: edit.changed, left: edit.conflicts + edit.gone, bulkId: edit.id };
  const told = { userIds: [edit.asked_by], kind: "bulk-ended", eventKey: `bulk:${edit.id}:ended`, subject } as const;
  await notify({ ...scope, user: null }, told);
}

async function tellNewOwner(
  scope: Scope,
  ownerId: string | null,
  { count, changeSetId }: { count: number; changeSetId: string },
): Promise<void> {
  const owner = ownerId === null || ownerId === scope.user?.id ? null : await findOwner(scope, ownerId);
  if (owner) await tellOwner(scope, owner, { count, contactId: null, changeSetId });
}
