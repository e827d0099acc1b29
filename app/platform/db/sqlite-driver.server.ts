/**
 * Kysely's driver for SQLite with two connections: outside a transaction a select runs on the reader, at once, beside
 * any open transaction; everything else waits for the writer. A transaction begins IMMEDIATE: a deferred one that reads
 * first fails at its first write if another process has committed meanwhile (SQLITE_BUSY_SNAPSHOT).
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  IdentifierNode,
  type QueryCompiler,
  type QueryResult,
  RawNode,
} from "kysely";
import { requireApproval } from "~/platform/db/approved.server";
import { typedError } from "~/platform/db/errors.server";
import { refuseOutsideTransaction } from "~/platform/db/open-transaction.server";
import { type SqliteConnection } from "~/platform/db/sqlite-connection.server";
import { type Writer } from "~/platform/db/sqlite-writer.server";

export interface SqliteFile {
  reader: SqliteConnection;
  writer: SqliteConnection;
  turn: Writer;
}

/** What one statement, or one transaction, sees of the file. */
class SqliteHandle implements DatabaseConnection {
  inTransaction = false;

  constructor(
    readonly file: SqliteFile,
    readonly guarded: boolean,
  ) {}

  async executeQuery<R>({ query, sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { file } = this;
    if (this.guarded) requireApproval(query);
    try {
      if (this.inTransaction) return file.writer.run<R>(sql, parameters);
      const reads = query.kind === "SelectQueryNode" || (query.kind === "RawNode" && this.#onlyReads(sql));
      return reads ? file.reader.run<R>(sql, parameters) : await this.#write<R>(sql, parameters);
    } catch (error) {
      throw typedError(error);
    }
  }

  /** By hand: a select or a WITH that SQLite itself calls reading. A pragma sets what it sets on the writer. */
  #onlyReads(sql: string): boolean {
    return /^\s*(select|with)\b/i.test(sql) && this.file.reader.onlyReads(sql);
  }

  async #write<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    const { turn, writer } = this.file;
    await turn.take();
    try {
      return await turn.whenUnlocked(() => writer.run<R>(sql, parameters));
    } finally {
      turn.give();
    }
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Rows are read by pages, not streamed.");
  }

  async begin(): Promise<void> {
    const { turn, writer } = this.file;
    await turn.take();
    try {
      await turn.whenUnlocked(() => writer.run("begin immediate", []));
    } catch (error) {
      turn.give();
      throw typedError(error);
    }
    this.inTransaction = true;
  }

  /** If it fails (a deferred foreign key), Kysely rolls back next, which gives the turn on. */
  commit(): void {
    try {
      this.file.writer.run("commit", []);
    } catch (error) {
      throw typedError(error);
    }
    this.#done();
  }

  rollback(): void {
    const { writer } = this.file;
    try {
      // On a full disk SQLite has already rolled back by itself.
      if (writer.native.inTransaction) writer.run("rollback", []);
    } finally {
      this.#done();
    }
  }

  #done(): void {
    this.inTransaction = false;
    this.file.turn.give();
  }
}

function handle(connection: DatabaseConnection): SqliteHandle {
  return connection as SqliteHandle;
}

function savepoint(command: string) {
  return async (connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]) => {
    const node = RawNode.create([`${command} `, ""], [IdentifierNode.create(name)]);
    const { sql, parameters } = compile(node, { queryId: name });
    handle(connection).file.writer.run(sql, parameters);
  };
}

/** `guarded`: runs only what a guard has read. */
export function createSqliteDriver(file: SqliteFile, guarded: boolean): Driver {
  return {
    async init() {},
    async acquireConnection() {
      refuseOutsideTransaction(file);
      return new SqliteHandle(file, guarded);
    },
    beginTransaction: (connection) => handle(connection).begin(),
    async commitTransaction(connection) {
      handle(connection).commit();
    },
    async rollbackTransaction(connection) {
      handle(connection).rollback();
    },
    savepoint: savepoint("savepoint"),
    rollbackToSavepoint: savepoint("rollback to"),
    releaseSavepoint: savepoint("release"),
    async releaseConnection() {},
    async destroy() {},
  };
}
