/** On Postgres the application's role adds jobs through one function, and can do nothing else to the queue. */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Database } from "~/platform/db/database.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { openDatabase } from "~/platform/db/open.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { startQueueWorker } from "~/platform/queue/worker.server";
import { accountOf, installationOf, tryTasks, until, workerWorld } from "~/testing/try-tasks";

describe("the queue under an ordinary login role", () => {
  const name = `tallybook_queue_${randomBytes(4).toString("hex")}`;
  const superuserUrl = `${inject("templates").postgresUrl}postgres`;
  let database: Database;

  async function asSuperuser(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  beforeAll(async () => {
    await asSuperuser(
      `create role "${name}" login createrole password 'granary-lantern-47'`,
      `create database "${name}" owner "${name}" encoding 'UTF8' template template0`,
    );
    const url = new URL(superuserUrl);
    Object.assign(url, { username: name, password: "granary-lantern-47", pathname: `/${name}` });
    database = await openDatabase({ url: url.href, dataDir: "", log: { warn: () => {} } });
    await migrateToLatest(database);
  });
  afterAll(async () => {
    const { appRole } = database;
    await database.close();
    await asSuperuser(`drop database "${name}" with (force)`, `drop role "${appRole}"`, `drop role "${name}"`);
  });

  test("installing twice changes nothing, and a job runs", async () => {
    expect(await migrateToLatest(database)).toEqual([]);
    await enqueue(accountOf(database), "try_note", { noteId: newId() });
    let ran = 0;
    const worker = await startQueueWorker(workerWorld(database), {
      catalogue: tryTasks,
      jobs: { try_note: async () => void ran++, try_wait: async () => undefined },
    });
    await until(async () => ran === 1 && (await listJobs(installationOf(database))).length === 0);
    await worker.stop();
  });

  test.each([
    "select count(*) from graphile_worker._private_jobs",
    "select count(*) from graphile_worker.jobs",
    "select graphile_worker.add_job('try_note')",
    "select graphile_worker.force_unlock_workers(array['pool-1'])",
    "delete from graphile_worker._private_jobs",
  ])("the application's role may not: %s", async (statement) => {
    // The guard stops raw statements first, so this goes around it as the role alone.
    const asRole = database.unguarded.transaction().execute(async (db) => {
      await sql.raw(`set local role "${database.appRole}"`).execute(db);
      await sql.raw(statement).execute(db);
    });
    await expect(asRole).rejects.toThrow("permission denied");
  });
});
