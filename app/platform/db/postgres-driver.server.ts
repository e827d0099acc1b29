/**
 * Kysely's driver for Postgres. All scopes share one pool; what differs is the account that row-level security lets a
 * connection see. It is a session setting, compared at each acquire and sent only when it differs.
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
import type pg from "pg";
import { requireApproval } from "~/platform/db/approved.server";
import { preparedName } from "~/platform/db/by-key.server";
import { typedError } from "~/platform/db/errors.server";
import { refuseOutsideTransaction } from "~/platform/db/open-transaction.server";
import { finishWholeNumbers } from "~/platform/db/postgres-types.server";
import { checkParameters } from "~/platform/db/values.server";

/** The account of the installation scope: no account has it, and a few tables' policies let it through. */
export const INSTALLATION_ACCOUNT = "00000000-0000-0000-0000-000000000000";

/** The account each connection of the pool is set to at present. */
const accountOf = new WeakMap<pg.PoolClient, string>();

const changes = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

class PostgresHandle implements DatabaseConnection {
  /** Set when the connection's state is unknown: it is closed instead of going back to the pool. */
  broken = false;

  constructor(
    readonly client: pg.PoolClient,
    readonly guarded: boolean,
  ) {}

  async executeQuery<R>({ query, sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.guarded) requireApproval(query);
    checkParameters(parameters, true);
    try {
      const result = await this.client.query({ name: preparedName(query, sql), text: sql, values: [...parameters] });
      finishWholeNumbers(result.rows, result.fields);
      const rows = result.rows as R[];
      return changes.has(result.command) ? { numAffectedRows: BigInt(result.rowCount ?? 0), rows } : { rows };
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error, PostgresHandle.prototype.executeQuery);
      throw typedError(error);
    }
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Rows are read by pages, not streamed.");
  }
}

function handle(connection: DatabaseConnection): PostgresHandle {
  return connection as PostgresHandle;
}

async function setAccount(client: pg.PoolClient, accountId: string): Promise<void> {
  if (accountOf.get(client) === accountId) return;
  // Outside a transaction, so no rollback takes it back; forgotten first, in case the answer never comes.
  accountOf.delete(client);
  await client.query("select set_config('tallybook.account_id', $1, false)", [accountId]);
  accountOf.set(client, accountId);
}

async function acquire(pool: pg.Pool, accountId: string | null): Promise<PostgresHandle> {
  const client = await pool.connect();
  try {
    if (accountId !== null) await setAccount(client, accountId);
  } catch (error) {
    client.release(true);
    throw error;
  }
  return new PostgresHandle(client, accountId !== null);
}

async function command(connection: DatabaseConnection, text: string, breaks: boolean): Promise<void> {
  try {
    await handle(connection).client.query(text);
  } catch (error) {
    handle(connection).broken = breaks;
    throw typedError(error);
  }
}

function savepoint(words: string) {
  return async (connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]) => {
    const node = RawNode.create([`${words} `, ""], [IdentifierNode.create(name)]);
    await handle(connection).client.query(compile(node, { queryId: name }).sql);
  };
}

export interface PostgresDriverOptions {
  pool: pg.Pool;
  /** Identity for open-transaction.server.ts: the same for every driver of a database. */
  engine: object;
  /** Null: the login role, which no row-level security binds. */
  accountId: string | null;
}

export function createPostgresDriver({ pool, engine, accountId }: PostgresDriverOptions): Driver {
  return {
    async init() {},
    async acquireConnection() {
      refuseOutsideTransaction(engine);
      return acquire(pool, accountId);
    },
    beginTransaction: (connection, { isolationLevel, accessMode }) =>
      command(
        connection,
        ["begin", isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(" "),
        true,
      ),
    // A commit may be refused (a deferred foreign key) on a sound connection: Kysely rolls back next.
    commitTransaction: (connection) => command(connection, "commit", false),
    rollbackTransaction: (connection) => command(connection, "rollback", true),
    savepoint: savepoint("savepoint"),
    rollbackToSavepoint: savepoint("rollback to"),
    releaseSavepoint: savepoint("release"),
    async releaseConnection(connection) {
      const { client, broken } = handle(connection);
      client.release(broken);
    },
    async destroy() {},
  };
}
