/** One native SQLite connection: its settings, its prepared statements, and values as JavaScript wants them. */
import Sqlite from "better-sqlite3";
import { type QueryResult } from "kysely";
import { checkParameters, isMoneyColumn, safeNumber } from "~/platform/db/values.server";

const BUSY_TIMEOUT_MS = 5_000;
const MAX_STATEMENTS = 500;
const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
/**
 * The log is written back into the file when it has so many pages, 32 MB. With SQLite's 1,000 every batch of a long job ends
 * in it, and writes pages of indexes again that the next batch changes.
 */
const CHECKPOINT_PAGES = 8_000;

/** SQLite's own 2 MB would hold a fraction of the indexes of 100,000 contacts. */
const CACHE_BYTES = 32 * 1024 * 1024;

type Row = Record<string, unknown>;

interface Prepared {
  statement: Sqlite.Statement;
  /** Columns that may hold whole numbers: declared INTEGER, or an expression. */
  wholeNumbers: string[];
  /** Money among the columns: all whole numbers are read as bigint then, and the others made plain again. */
  money: boolean;
}

export interface SqliteConnection {
  native: Sqlite.Database;
  /** Runs at once and blocks while it does. */
  run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R>;
  /** Whether the statement only reads, as SQLite itself judges. */
  onlyReads(sql: string): boolean;
  /** Forgets the prepared statements: after a migration their columns may have changed. */
  forgetStatements(): void;
}

/** The settings of both connections, with the reasons in docs/decisions/002-two-databases.md. */
function configure(native: Sqlite.Database, role: "writer" | "reader"): void {
  // The writer waits for another process outside SQLite, without blocking the event loop (sqlite-driver).
  native.pragma(`busy_timeout = ${role === "writer" ? 0 : BUSY_TIMEOUT_MS}`);
  native.pragma("foreign_keys = on");
  native.pragma("recursive_triggers = on");
  native.pragma("trusted_schema = off");
  native.pragma(`cache_size = -${CACHE_BYTES / 1024}`);
  native.pragma("temp_store = memory");
  if (role === "reader") {
    native.pragma("query_only = on");
    return;
  }
  native.pragma("synchronous = full");
  native.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  native.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
}

function prepare(native: Sqlite.Database, sql: string): Prepared {
  const statement = native.prepare(sql);
  if (!statement.reader) return { statement, wholeNumbers: [], money: false };
  const columns = statement.columns();
  const money = columns.some((column) => isMoneyColumn(column.name));
  if (money) statement.safeIntegers(true);
  const wholeNumbers = columns
    .filter((column) => !isMoneyColumn(column.name) && (column.type === null || column.type === "INTEGER"))
    .map((column) => column.name);
  return { statement, wholeNumbers, money };
}

function plainNumbers(rows: Row[], prepared: Prepared): void {
  for (const row of rows) {
    for (const column of prepared.wholeNumbers) {
      const value = row[column];
      if (typeof value === "bigint" || (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER)) {
        row[column] = safeNumber(value, column);
      }
    }
  }
}

function runPrepared<R>(prepared: Prepared, parameters: readonly unknown[]): QueryResult<R> {
  checkParameters(parameters);
  const { statement } = prepared;
  if (!statement.reader) {
    const { changes } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), rows: [] };
  }
  const rows = statement.all(parameters) as Row[];
  if (prepared.wholeNumbers.length > 0) plainNumbers(rows, prepared);
  return statement.readonly ? { rows: rows as R[] } : { numAffectedRows: BigInt(rows.length), rows: rows as R[] };
}

/** Opens the file (made if missing, by the writer only) with WAL, which is a property of the file. */
export function connectSqlite(path: string, role: "writer" | "reader"): SqliteConnection {
  const native = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS, fileMustExist: role === "reader" });
  if (role === "writer") native.pragma("journal_mode = wal");
  configure(native, role);
  return connectionOf(native);
}

/** Over a native connection that is open and set already. */
export function connectionOf(native: Sqlite.Database): SqliteConnection {
  const statements = new Map<string, Prepared>();

  function prepared(sql: string): Prepared {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const fresh = prepare(native, sql);
    // The oldest goes first: texts with a varying number of parameters must not pile up.
    if (statements.size >= MAX_STATEMENTS) statements.delete(statements.keys().next().value as string);
    statements.set(sql, fresh);
    return fresh;
  }

  return {
    native,
    run: (sql, parameters) => runPrepared(prepared(sql), parameters),
    onlyReads: (sql) => prepared(sql).statement.readonly,
    forgetStatements: () => statements.clear(),
  };
}
