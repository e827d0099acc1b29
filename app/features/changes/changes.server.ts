import "~/features/changes/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Json, toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** What one record was and became: only the fields that differ. */
export interface ChangeEntry {
  position: number;
  subjectKind: string;
  subjectId: string;
  /** Null: it did not exist. */
  before: Record<string, unknown> | null;
  /** Null: it is gone. */
  after: Record<string, unknown> | null;
}

/** Opens a change set: before and after of everything one command changes. Call inside the command's transaction. */
export async function openChangeSet(
  scope: Scope,
  { id = newId(), action, eventId = null }: { id?: string; action: string; eventId?: string | null },
): Promise<string> {
  await scope.db
    .insertInto("change_sets")
    .values({
      account_id: scope.account.id,
      id,
      action,
      event_id: eventId,
      created_at: scope.clock.now(),
      created_by: scope.user?.id ?? null,
    })
    .execute();
  return id;
}

/** Adds entries to an open change set. Positions are unique within the set. One statement for every eight hundred. */
export async function addEntries(scope: Scope, changeSetId: string, entries: readonly ChangeEntry[]): Promise<void> {
  for (const some of rowChunks(entries)) {
    await scope.db
      .insertInto("change_entries")
      .values(some.map((entry) => toRow(scope, changeSetId, entry)))
      .execute();
  }
}

function toRow(scope: Scope, changeSetId: string, entry: ChangeEntry) {
  return {
    account_id: scope.account.id,
    change_set_id: changeSetId,
    position: entry.position,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    before: entry.before && toJson(entry.before as Json),
    after: entry.after && toJson(entry.after as Json),
  };
}

/** Ties a long command's change set to the audit event written when the command ended. */
export async function closeChangeSet(scope: Scope, changeSetId: string, eventId: string): Promise<void> {
  await scope.db
    .updateTable("change_sets")
    .set({ event_id: eventId })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", changeSetId)
    .execute();
}
