/** Transactions over scopes. The scope that the work is given is the one to pass on; the outer one is not part of it. */
import { type Kysely, sql } from "kysely";
import { withoutGuard } from "~/platform/db/approved.server";
import { guardFor } from "~/platform/db/guard.server";
import { insideTransaction } from "~/platform/db/open-transaction.server";
import { INSTALLATION_ACCOUNT } from "~/platform/db/postgres-driver.server";
import { type Tables } from "~/platform/db/tables";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

type AnyScope = Scope | InstallationScope;

/**
 * Runs `work` in one transaction, committed when it returns and rolled back when it throws. If the scope is in one
 * already, `work` joins it: then only the outermost commits, and what throws inside must not be caught half-way.
 *
 * On SQLite it begins IMMEDIATE and has the file's one writer until it ends: await nothing but the database inside.
 * @throws WriterBusyError after waiting 5 s for that writer.
 */
export async function inTransaction<S extends AnyScope, T>(scope: S, work: (scope: S) => Promise<T>): Promise<T> {
  if (scope.db.isTransaction) return work(scope);
  return scope.db.transaction().execute((db) => insideTransaction(scope.database.engine, () => work({ ...scope, db })));
}

/** Null: the installation. */
type Whose = string | null;

function settingOf(whose: Whose): string {
  return whose ?? INSTALLATION_ACCOUNT;
}

/** For the rest of the transaction only: a commit or rollback brings the connection's own account back. */
async function showAccount(scope: AnyScope, db: Kysely<Tables>, whose: Whose): Promise<void> {
  if (scope.database.dialect === "sqlite") return;
  await sql`select set_config('tallybook.account_id', ${settingOf(whose)}, true)`.execute(withoutGuard(db));
}

async function asOther<T>(scope: AnyScope, whose: Whose, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const { db, database } = scope;
  if (!db.isTransaction) return work(whose === null ? database.forInstallation() : database.forAccount(whose));
  await showAccount(scope, db, whose);
  const result = await work(db.withoutPlugins().withPlugin(guardFor({ accountId: whose, schema: database.schema })));
  // After an error there is nothing to bring back: the transaction is over.
  await showAccount(scope, db, scope.kind === "account" ? scope.account.id : null);
  return result;
}

/**
 * Gives `work` a handle on this account, in the same transaction if the scope is in one (then use nothing else until
 * it returns). It checks no membership: see features/accounts for who may. What throws inside must end the transaction.
 */
export function asAccount<T>(scope: AnyScope, accountId: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  return asOther(scope, accountId, work);
}

/** The same in the other direction: a handle of the installation, for what belongs to no account. */
export function asInstallation<T>(scope: AnyScope, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  return asOther(scope, null, work);
}
