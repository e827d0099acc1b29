/**
 * Once a run: a migrated template of each engine, from which every test takes its own copy in some milliseconds.
 * Postgres is `TEST_DATABASE_URL` (a superuser's, without a database name) or a server of our own.
 */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { type TestProject } from "vitest/node";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { type OpenOptions, openDatabase } from "~/platform/db/open.server";
import { startTestServer } from "~/testing/postgres";
import { makeRunFolder } from "~/testing/run-folder";

export interface Templates {
  /** A migrated SQLite file, closed. */
  sqliteFile: string;
  /** Where copies are put; removed at the end of the run. */
  folder: string;
  /** Ends with a slash. */
  postgresUrl: string;
  postgresTemplate: string;
  appRole: string;
}

declare module "vitest" {
  interface ProvidedContext {
    templates: Templates;
  }
}

const log = { warn: () => {} };

async function migrated(options: OpenOptions): Promise<string> {
  const database = await openDatabase(options);
  try {
    await migrateToLatest(database);
    return database.appRole;
  } finally {
    await database.close();
  }
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}postgres` });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function cleanServer(url: string, run: string, appRole: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [run],
    );
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
    await client.query(`drop role if exists "${appRole}"`);
  });
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeRunFolder();
  const given = process.env["TEST_DATABASE_URL"];
  const server = given ? { url: given.replace(/\/?$/, "/"), stop: async () => {} } : await startTestServer();
  const run = `tallybook_test_${randomBytes(4).toString("hex")}`;
  const template = `${run}_template`;
  const sqliteFile = join(folder, "template.sqlite");
  let appRole = "";

  async function tearDown(): Promise<void> {
    if (given) await cleanServer(server.url, run, appRole);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await migrated({ url: `file:${sqliteFile}`, dataDir: folder, log });
    await asSuperuser(server.url, (client) =>
      client.query(`create database "${template}" encoding 'UTF8' template template0`),
    );
    appRole = await migrated({ url: `${server.url}${template}`, dataDir: folder, log });
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide("templates", { sqliteFile, folder, postgresUrl: server.url, postgresTemplate: template, appRole });
  return tearDown;
}
