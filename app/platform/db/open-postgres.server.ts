/** Opens a Postgres database: one pool as the application's role, and a small one as the login role. */
import { Kysely } from "kysely";
import pg from "pg";
import { type Database } from "~/platform/db/database.server";
import { postgresDialect } from "~/platform/db/dialects.server";
import { guardFor } from "~/platform/db/guard.server";
import { type OpenOptions } from "~/platform/db/open.server";
import { checkIsolation, checkServer } from "~/platform/db/postgres-check.server";
import { createPostgresDriver, INSTALLATION_ACCOUNT } from "~/platform/db/postgres-driver.server";
import { appRoleName } from "~/platform/db/postgres-role.server";
import { postgresTypes } from "~/platform/db/postgres-types.server";
import { emptySchema, readSchemaFacts } from "~/platform/db/schema-facts.server";
import { type Tables } from "~/platform/db/tables";

const POOL_SIZE = 10;
const LOGIN_POOL_SIZE = 3;
const CONNECT_TIMEOUT_MS = 5_000;
const PING_TIMEOUT_MS = 1_000;
/** For the application's connections only: a statement or transaction that hangs must not hold others for ever. */
const LIMITS = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s";
/**
 * Disks of today read from anywhere alike. With Postgres' own figure, of disks that turn, it goes through ten thousand rows
 * to find fifty.
 */
const COSTS = "-c random_page_cost=1.1";
/** Results are read as text in this form: see postgres-types.server.ts. */
const SESSION = "-c TimeZone=UTC -c DateStyle=ISO -c client_encoding=UTF8";

function createPool(options: OpenOptions, max: number, settings: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max,
    options: settings,
    types: postgresTypes,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "tallybook",
  });
  // Without these a connection that the server ends, idle or in use, would end the process.
  const onError = (error: Error) => options.log.warn({ event: "database.connection-lost" }, error.message);
  pool.on("error", () => {
    // The connection itself has said so.
  });
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

function databaseName(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === "") throw new Error("DATABASE_URL must name a database, as in postgres://user@host/tallybook");
  return name;
}

function timeout(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The database did not answer within ${ms} ms.`)), ms).unref();
  });
}

export async function openPostgres(options: OpenOptions): Promise<Database> {
  const appRole = options.appRole ?? appRoleName(databaseName(options.url));
  const loginPool = createPool(options, LOGIN_POOL_SIZE, SESSION);
  const appPool = createPool(
    options,
    options.poolSize ?? POOL_SIZE,
    `${SESSION} ${LIMITS} ${COSTS} -c role=${appRole}`,
  );
  const engine = appPool;
  let facts = emptySchema;

  function handle(pool: pg.Pool, accountId: string | null): Kysely<Tables> {
    return new Kysely({ dialect: postgresDialect(() => createPostgresDriver({ pool, engine, accountId })) });
  }
  const unguarded = handle(loginPool, null);
  const schema = () => facts;
  async function readFacts(): Promise<void> {
    facts = await readSchemaFacts(unguarded, "postgres");
  }

  const database: Database = {
    dialect: "postgres",
    url: options.url,
    engine,
    appRole,
    unguarded,
    schema,
    forAccount: (accountId) => handle(appPool, accountId).withPlugin(guardFor({ accountId, schema })),
    forInstallation: () => handle(appPool, INSTALLATION_ACCOUNT).withPlugin(guardFor({ accountId: null, schema })),
    async reload() {
      await readFacts();
      if (facts.tables.size > 0) await checkIsolation(unguarded, appPool, appRole);
    },
    async ping() {
      await Promise.race([appPool.query("select 1"), timeout(PING_TIMEOUT_MS)]);
    },
    async close() {
      await Promise.all([appPool.end(), loginPool.end()]);
    },
  };
  try {
    await checkServer(unguarded);
    if (options.checkAfterMigration) await readFacts();
    else await database.reload();
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
