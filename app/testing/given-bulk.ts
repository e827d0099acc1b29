/** Changes of many contacts, done and undone as their pages do it. */
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { askForBulk, findBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { type Chosen } from "~/features/contacts/bulk/chosen-in.server";
import { continueBulk } from "~/features/contacts/bulk/continue-bulk.server";
import { nothingKnown } from "~/features/contacts/contact";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const never = new AbortController().signal;

/** Many, as an import leaves them. */
export async function crowd(scope: Scope, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const values = (n: number) => ({ ...nothingKnown, familyName: `Adebayo ${n}`, company: "Adebayo Ceramics" });
  for (let at = 0; at < count; at += 300) {
    const some = ids.slice(at, at + 300);
    await writeNewContacts(
      scope,
      some.map((id, n) => ({ id, values: values(at + n) })),
    );
    await scope.db
      .insertInto("contact_records")
      .values(
        some.map((id, n) => {
          const data = JSON.stringify({ familyName: `Adebayo ${at + n}`, company: "Adebayo Ceramics" });
          return {
            ...{ account_id: scope.account.id, id: newId(), contact_id: id, source: "file" as const },
            ...{ run_id: null, raw_record_id: null, data, hash: data },
            ...{ observed_at: "2026-05-01T09:00:00.000Z", created_by: null },
          };
        }),
      )
      .execute();
  }
  return ids;
}

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
