/**
 * A store for what a piece of work has to remember and is too much for memory: a private SQLite file that is unlinked as
 * soon as it is open, so that a killed process leaves nothing behind. Beyond the cache it lies on disk, on both engines.
 */
import Sqlite from "better-sqlite3";
import { Kysely } from "kysely";
import { sqliteDialect } from "~/platform/db/dialects.server";
import { guardFor } from "~/platform/db/guard.server";
import { createSqliteDriver } from "~/platform/db/sqlite-driver.server";
import { connectionOf } from "~/platform/db/sqlite-connection.server";
import { createWriter } from "~/platform/db/sqlite-writer.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** Its indexes are written all over: of half a million contacts they hardly fit. */
const CACHE_BYTES = 32 * 1024 * 1024;

export interface Scratch {
  /** For tables and statements of one's own; each is prepared once. */
  prepare(sql: string): Sqlite.Statement;
  exec(sql: string): void;
  /** One transaction: much faster than statement by statement. */
  together<Result>(work: () => Result): Result;
  /** The same scope over the scratch store: its queries meet those tables that were made here under their names. */
  scopeOver(scope: Scope): Scope;
  close(): void;
}

/** @throws when the disk is full, as every use of it may. Close it in `finally`. */
export function openScratch({ mostPages }: { mostPages?: number } = {}): Scratch {
  const native = new Sqlite("");
  // Nothing in here is ever needed again after a crash.
  for (const setting of ["journal_mode = off", "synchronous = off", "locking_mode = exclusive"]) native.pragma(setting);
  native.pragma("foreign_keys = off");
  native.pragma(`cache_size = -${CACHE_BYTES / 1024}`);
  if (mostPages !== undefined) native.pragma(`max_page_count = ${mostPages}`);
  const connection = connectionOf(native);
  const file = { reader: connection, writer: connection, turn: createWriter() };
  const guarded = new Kysely<Tables>({ dialect: sqliteDialect(() => createSqliteDriver(file, true)) });
  return {
    prepare: (sql) => native.prepare(sql),
    exec: (sql) => void native.exec(sql),
    together: (work) => {
      native.exec("begin");
      try {
        return work();
      } finally {
        // Without a journal nothing can be rolled back: whoever fails here closes the store.
        if (native.inTransaction) native.exec("commit");
      }
    },
    scopeOver: (scope) => ({
      ...scope,
      db: guarded.withPlugin(guardFor({ accountId: scope.account.id, schema: scope.database.schema })),
      database: { ...scope.database, dialect: "sqlite" },
    }),
    close: () => void native.close(),
  };
}
