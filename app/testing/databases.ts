/**
 * The two engines, for `describe.each(databases)("contacts on %s", (engine) => { … })`, and a fresh, migrated, empty
 * database of either for a test file or a single test.
 */
import { randomBytes } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { type Database, type DialectName } from "~/platform/db/database.server";
import { type OpenOptions, openDatabase } from "~/platform/db/open.server";
import { type Templates } from "~/testing/global-setup";

export const databases: readonly DialectName[] = ["sqlite", "postgres"];

/** `close` also removes it. `url` and `appRole` open it a second time, as another process would. */
export type TestDatabase = Database;

const POOL_SIZE = 5;

async function asSuperuser(templates: Templates, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${templates.postgresUrl}postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function open(options: Partial<OpenOptions>, discard: () => Promise<void>): Promise<TestDatabase> {
  const database = await openDatabase({
    url: "",
    dataDir: "",
    log: { warn: () => {} },
    poolSize: POOL_SIZE,
    watchTransactions: true,
    ...options,
  });
  return {
    ...database,
    async close() {
      await database.close();
      await discard();
    },
  };
}

async function copyOfSqlite(templates: Templates, options: Partial<OpenOptions>): Promise<TestDatabase> {
  const path = join(templates.folder, `${randomBytes(6).toString("hex")}.sqlite`);
  await copyFile(templates.sqliteFile, path);
  return open({ ...options, url: `file:${path}` }, () => rm(path));
}

async function copyOfPostgres(templates: Templates, options: Partial<OpenOptions>): Promise<TestDatabase> {
  const name = templates.postgresTemplate.replace("_template", `_${randomBytes(6).toString("hex")}`);
  await asSuperuser(templates, `create database "${name}" template "${templates.postgresTemplate}"`);
  return open({ appRole: templates.appRole, ...options, url: `${templates.postgresUrl}${name}` }, () =>
    asSuperuser(templates, `drop database "${name}" with (force)`),
  );
}

/** A migrated, empty database of its own: close it in `afterAll` or `afterEach`. Takes some ten milliseconds. */
export async function openTestDatabase(engine: DialectName, options: Partial<OpenOptions> = {}): Promise<TestDatabase> {
  const templates = inject("templates");
  return engine === "sqlite" ? copyOfSqlite(templates, options) : copyOfPostgres(templates, options);
}
