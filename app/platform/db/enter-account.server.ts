import { sql } from "kysely";
import { withoutGuard } from "~/platform/db/approved.server";
import { guardFor } from "~/platform/db/guard.server";
import { INSTALLATION_ACCOUNT } from "~/platform/db/postgres-driver.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/**
 * Does an account's part of a command of the installation, in the same transaction: what an account's audit chain says
 * of a sign-in stands or falls with the sign-in. `within` says which account and who acts; its own handle is not used.
 * @throws Error outside a transaction.
 */
export async function enterAccount<T>(
  scope: InstallationScope,
  within: Scope,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  if (!scope.db.isTransaction) throw new Error("An account is entered from within a transaction only.");
  const { schema, dialect } = scope.database;
  const bare = scope.db.withoutPlugins();
  const postgres = dialect === "postgres";
  // Local to the transaction: its end, either way, puts the installation's setting back.
  const see = (accountId: string) =>
    sql`select set_config('tallybook.account_id', ${accountId}, true)`.execute(withoutGuard(scope.db));
  if (postgres) await see(within.account.id);
  const result = await work({ ...within, db: bare.withPlugin(guardFor({ accountId: within.account.id, schema })) });
  if (postgres) await see(INSTALLATION_ACCOUNT);
  return result;
}
