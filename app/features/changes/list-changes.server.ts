import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** Who asked for a long undo; null when nobody did, or there is none. */
export async function findUndoAsker(scope: Scope, undoId: string): Promise<string | null> {
  const row = await scope.db
    .selectFrom("undos")
    .select("asked_by")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undoId)
    .executeTakeFirst();
  return row?.asked_by ?? null;
}
