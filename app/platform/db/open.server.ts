/** Opens the one database of an installation, of whichever engine `DATABASE_URL` names. */
import { type Database } from "~/platform/db/database.server";
import { watchTransactions } from "~/platform/db/open-transaction.server";
import { openPostgres } from "~/platform/db/open-postgres.server";
import { openSqlite } from "~/platform/db/open-sqlite.server";
import { type Log } from "~/platform/log.server";

export interface OpenOptions {
  /** Empty: SQLite in `dataDir`. `file:…`: SQLite there. `postgres:…`: Postgres 15 or newer. */
  url: string;
  /** Where the SQLite file is when `url` is empty. */
  dataDir: string;
  log: Pick<Log, "warn">;
  /** Postgres: connections of the application's role (10). */
  poolSize?: number;
  /** Postgres: another name than the one that carries the database's; for databases cloned from a template. */
  appRole?: string;
  /** Postgres: leave the check of account isolation to the migration that follows, which may have to mend it. */
  checkAfterMigration?: boolean;
  /** Throw at once where the outer scope is used inside a transaction: tests and development (it costs a little). */
  watchTransactions?: boolean;
}

/**
 * Opens and checks, but does not migrate: until `migrateToLatest` has run, an empty database refuses everything.
 * @throws Error in plain words where the server is too old, not UTF-8, or account isolation does not stand.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const database = await (/^postgres(ql)?:/.test(options.url) ? openPostgres(options) : openSqlite(options));
  if (options.watchTransactions) watchTransactions(database.engine);
  return database;
}
