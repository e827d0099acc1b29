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

/** What other features forget of contacts that go for good. */
export interface Forgetting {
  /** A piece in each transaction, before they go. Not true: there is more. */
  before?(scope: Scope, contactIds: readonly string[]): Promise<boolean>;
  /** In the transaction that removes them. */
  along(scope: Scope, contactIds: readonly string[]): Promise<void>;
}

/** Removes the contacts that were deleted 30 days ago or earlier, a few in each transaction. Says how many. */
export async function removeDeleted(scope: Scope, signal: AbortSignal, forgetting: Forgetting): Promise<number> {
  let removed = 0;
  for (;;) {
    signal.throwIfAborted();
    const some = await inTransaction(scope, (scope) => removeSome(scope, forgetting));
    removed += some.removed;
    if (some.wasAll) return removed;
  }
}

async function removeSome(scope: Scope, forgetting: Forgetting): Promise<{ removed: number; wasAll: boolean }> {
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
  if (ids.length === 0) return { removed: 0, wasAll: true };
  if (forgetting.before && !(await forgetting.before(scope, ids))) return { removed: 0, wasAll: false };
  await scope.db
    .deleteFrom("change_entries")
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", ids)
    .execute();
  await forgetting.along(scope, ids);
  // What hangs on a contact goes by the database's own rules; on SQLite a trigger takes it out of the search index.
  await scope.db.deleteFrom("contacts").where("account_id", "=", scope.account.id).where("id", "in", ids).execute();
  await recordEvent(scope, { action: "contacts.removed", counts: { contacts: ids.length } });
  return { removed: ids.length, wasAll: ids.length < AT_ONCE };
}
