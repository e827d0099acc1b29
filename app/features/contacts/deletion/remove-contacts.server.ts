/** What was deleted long enough ago goes for good: rows, search index and history. The audit keeps its events. */
import { recordEvent } from "~/features/audit/audit.server";
import "~/features/changes/tables";
import { deletedBefore } from "~/features/contacts/deletion/delete-contacts.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** A contact takes its points, tags, records, pins, marks and relationships with it; on SQLite 50 are done in some 10 ms. */
const AT_ONCE = 50;

/** What another feature forgets of contacts that go, in the transaction that removes them. */
export type Forget = (scope: Scope, contactIds: readonly string[]) => Promise<void>;

/** Removes the contacts that were deleted 30 days ago or earlier, a few in each transaction. Says how many. */
export async function removeDeleted(scope: Scope, signal: AbortSignal, forget: Forget): Promise<number> {
  let removed = 0;
  for (;;) {
    signal.throwIfAborted();
    const some = await inTransaction(scope, (scope) => removeSome(scope, forget));
    removed += some;
    if (some < AT_ONCE) return removed;
  }
}

async function removeSome(scope: Scope, forget: Forget): Promise<number> {
  const due = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "<=", deletedBefore(scope))
    .orderBy("deleted_at")
    .orderBy("id")
    .limit(AT_ONCE)
    .$call(lockRows(scope))
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await scope.db
    .deleteFrom("change_entries")
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", ids)
    .execute();
  await forget(scope, ids);
  // What hangs on a contact goes by the database's own rules; on SQLite a trigger takes it out of the search index.
  await scope.db.deleteFrom("contacts").where("account_id", "=", scope.account.id).where("id", "in", ids).execute();
  await recordEvent(scope, { action: "contacts.removed", counts: { contacts: ids.length } });
  return ids.length;
}
