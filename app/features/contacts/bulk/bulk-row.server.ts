import { type Updateable } from "kysely";
import { type BulkChange, type BulkState } from "~/features/contacts/bulk/bulk-edit";
import "~/features/contacts/bulk/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Tables } from "~/platform/db/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const columns = [
  ...(["id", "state", "change", "query", "asked_by", "after_key", "after_id", "change_set_id"] as const),
  ...(["total", "to_change", "same", "refused", "missing"] as const),
  ...(["done", "changed", "entries", "conflicts", "gone"] as const),
] as const;

/** The row in one of these states, held to the end of the transaction. */
export async function lockEdit(scope: Scope, bulkId: string, states: readonly BulkState[]) {
  if (!isId(bulkId)) return undefined;
  return scope.db
    .selectFrom("bulk_edits")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", bulkId)
    .where("state", "in", states)
    .$if(scope.db.isTransaction, lockRows(scope))
    .executeTakeFirst();
}

export type LockedEdit = NonNullable<Awaited<ReturnType<typeof lockEdit>>>;

export function readChange({ change }: { change: string }): BulkChange {
  return fromJson<BulkChange>(change);
}

export async function updateEdit(
  scope: Scope,
  bulkId: string,
  values: Updateable<Tables["bulk_edits"]>,
): Promise<void> {
  await scope.db
    .updateTable("bulk_edits")
    .set(values)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", bulkId)
    .execute();
}
