/** Transactions over scopes. The scope that the work is given is the one to pass on; the outer one is not part of it. */
import { insideTransaction } from "~/platform/db/open-transaction.server";
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
