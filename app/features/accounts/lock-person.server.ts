import "~/features/accounts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type InstallationScope } from "~/platform/scope.server";

/**
 * Lets what depends on where a person belongs, and their joining another account, happen one after the other. To the
 * end of the transaction; on SQLite the transaction itself is the lock. Before any lock on an account.
 */
export async function lockPerson(scope: InstallationScope, userId: string): Promise<void> {
  if (scope.database.dialect !== "postgres") return;
  await scope.db
    .selectFrom("users")
    .select("id")
    .where("id", "=", userId)
    .$call(lockRows(scope, { how: "no-key-update" }))
    .execute();
}
