/** Changes of many contacts, done and undone as their pages do it. */
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { askForBulk, type Chosen, findBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { continueBulk } from "~/features/contacts/bulk/continue-bulk.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

const never = new AbortController().signal;

/** As the page does it: the numbers, then the button; what is much by the job. */
export async function bulk(scope: Scope, chosen: Chosen, change: BulkChange) {
  const id = await askForBulk(scope, chosen, change);
  const asked = await findBulk(scope, id);
  const started = await startBulk(scope, id);
  if (started.ok && !started.isDone) await continueBulk(scope, id, never);
  const done = await findBulk(scope, id);
  if (!asked || !done) throw new Error("It is gone");
  return { id, asked, done, changeSetId: done.changeSetId ?? "" };
}

export async function undo(scope: Scope, changeSetId: string) {
  const undone = await undoChangeSet(scope, changeSetId, undoing);
  if ("undoId" in undone) await continueUndo(scope, undone.undoId, { undoing, signal: never });
  return undone;
}

/** All that is stored of contacts, but for what tells only that they were changed. */
export async function rowsOf(scope: Scope): Promise<object> {
  const { unguarded } = scope.database;
  const contacts = await unguarded
    .selectFrom("contacts")
    .selectAll()
    .where("account_id", "=", scope.account.id)
    .execute();
  const parts: Record<string, unknown> = {};
  const tables = [
    ...(["contact_points", "contact_tags", "contact_records", "contact_pins"] as const),
    ...(["do_not_contact_marks", "contact_custom_values"] as const),
  ];
  for (const table of tables) {
    const rows = await unguarded.selectFrom(table).selectAll().where("account_id", "=", scope.account.id).execute();
    parts[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  const plain = contacts.map(({ version, changed_at, ...row }) => ({
    ...row,
    written: Boolean(version && changed_at),
  }));
  return { contacts: plain.sort((a, b) => (a.id < b.id ? -1 : 1)), ...parts };
}
