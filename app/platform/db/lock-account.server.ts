import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Lets one change of who belongs here happen after the other: two administrators who remove each other at the same
 * moment must not both succeed. To the end of the transaction; on SQLite the transaction itself is the lock.
 */
export async function lockAccount(scope: Scope): Promise<void> {
  if (scope.database.dialect !== "postgres") return;
  await scope.db
    .selectFrom("accounts")
    .select("account_id")
    .where("account_id", "=", scope.account.id)
    .$call(lockRows(scope, { how: "no-key-update" }))
    .execute();
}
