/** Which contacts a change is of, and what will become of each: fixed before whoever asked sees the numbers. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { refusedBy, sameAlready, seenValue } from "~/features/contacts/bulk/bulk-outcome.server";
import { lockEdit, readChange, updateEdit } from "~/features/contacts/bulk/bulk-row.server";
import "~/features/contacts/bulk/tables";
import { nextOfList } from "~/features/contacts/list/list-in-order.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** A statement of so many takes some milliseconds, for which nobody else can write on SQLite. */
const BATCH = 500;

/** Puts contacts on the list of a change, with what will become of them; those that are not there are passed over. */
export async function collect(
  scope: Scope,
  edit: { id: string; change: BulkChange },
  contactIds: readonly string[],
): Promise<void> {
  const same = await sameAlready(scope, edit.change);
  const seen = seenValue(scope, edit.change);
  for (let at = 0; at < contactIds.length; at += BATCH) {
    const ids = contactIds.slice(at, at + BATCH);
    const rows = scope.db
      .selectFrom("contacts")
      .select((eb) => [
        eb.cast<string>(eb.val(scope.account.id), "uuid").as("account_id"),
        eb.cast<string>(eb.val(edit.id), "uuid").as("bulk_id"),
        "contacts.id as contact_id",
        eb
          .case()
          .when(same(eb))
          .then("same" as const)
          .when(refusedBy(edit.change)(eb))
          .then("refused" as const)
          .else("change" as const)
          .end()
          .as("outcome"),
        "contacts.version as version",
        eb.parens(seen(eb)).as("seen"),
      ])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "in", ids)
      .where("contacts.deleted_at", "is", null)
      .where(seenBy(scope));
    await scope.db
      .insertInto("bulk_contacts")
      .columns(["account_id", "bulk_id", "contact_id", "outcome", "version", "seen"])
      .expression(rows)
      .onConflict((conflict) => conflict.columns(["account_id", "bulk_id", "contact_id"]).doNothing())
      .execute();
  }
}

/** Goes on with collecting a long list from where it stands to its end. Called again after a kill, nobody is on it twice. */
export async function continueCollecting(scope: Scope, bulkId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    if (await collectPage(scope, bulkId)) return;
  }
}

/** Whether that was all. */
async function collectPage(scope: Scope, bulkId: string): Promise<boolean> {
  const edit = await lockEdit(scope, bulkId, ["collecting"]);
  // The plain list has an empty query.
  if (!edit || edit.query === null) return true;
  // Read before the transaction: a search may go through many for a few.
  const page = await nextOfList(scope, edit.query, edit, BATCH);
  const last = page.length === BATCH ? page.at(-1) : undefined;
  await inTransaction(scope, async (scope) => {
    const now = await lockEdit(scope, bulkId, ["collecting"]);
    if (now?.after_id !== edit.after_id) return;
    await collect(
      scope,
      { id: bulkId, change: readChange(edit) },
      page.map(({ id }) => id),
    );
    await updateEdit(scope, bulkId, {
      after_key: last?.sort_key ?? null,
      after_id: last?.id ?? null,
      total: edit.total + page.length,
    });
    if (!last) await endCollecting(scope, bulkId);
  });
  return last === undefined;
}

/** The numbers, exactly. */
export async function endCollecting(scope: Scope, bulkId: string, asked?: number): Promise<void> {
  const rows = await scope.db
    .selectFrom("bulk_contacts")
    .select(["outcome", (eb) => eb.fn.countAll<number>().as("count")])
    .where("account_id", "=", scope.account.id)
    .where("bulk_id", "=", bulkId)
    .groupBy("outcome")
    .execute();
  const count = (outcome: string) => rows.find((row) => row.outcome === outcome)?.count ?? 0;
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  await updateEdit(scope, bulkId, {
    ...{ state: "ready", after_key: null, after_id: null, total },
    ...{ to_change: count("change"), same: count("same"), refused: count("refused") },
    missing: asked === undefined ? 0 : asked - total,
  });
}
