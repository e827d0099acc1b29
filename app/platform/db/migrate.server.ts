/** Brings a database to the newest schema, all in one transaction, on both engines. */
import { setTimeout as wait } from "node:timers/promises";
import { type Migration, Migrator, sql } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { isLockTimeout } from "~/platform/db/errors.server";
import { migrations as ours } from "~/platform/db/migrations.server";
import { secureTables } from "~/platform/db/postgres-role.server";
import { installGraphile } from "~/platform/queue/graphile-jobs.server";

export interface LockPatience {
  /** How long a change of a table may wait for others to let go of it, before it steps back rather than block them all. */
  lockTimeoutMs: number;
  /** After each time out but the last, a pause in which the others go on. */
  pausesMs: readonly number[];
}

const usualPatience: LockPatience = { lockTimeoutMs: 3_000, pausesMs: [500, 2_000, 5_000, 10_000] };

type Migrations = Record<string, Migration>;

function securing(migration: Migration, appRole: string, lockTimeoutMs: number): Migration {
  return {
    async up(db) {
      await sql.raw(`set local lock_timeout = ${lockTimeoutMs}`).execute(db);
      await migration.up(db);
      await secureTables(db, appRole);
    },
  };
}

function migratorOf(database: Database, migrations: Migrations, lockTimeoutMs = usualPatience.lockTimeoutMs): Migrator {
  const wrapped =
    database.dialect === "sqlite"
      ? migrations
      : Object.fromEntries(
          Object.entries(migrations).map(([name, migration]) => [
            name,
            securing(migration, database.appRole, lockTimeoutMs),
          ]),
        );
  return new Migrator({ db: database.unguarded, provider: { getMigrations: async () => wrapped } });
}

/** All or none. A lock that is not had in time undoes all, so trying again begins where the first try did. */
async function migratePatiently(database: Database, migrations: Migrations, patience: LockPatience) {
  for (const pauseMs of [...patience.pausesMs, null]) {
    const { error, results } = await migratorOf(database, migrations, patience.lockTimeoutMs).migrateToLatest();
    if (error === undefined) return results ?? [];
    if (!isLockTimeout(error)) throw error;
    if (pauseMs === null) throw new Error(STILL_LOCKED, { cause: error });
    await wait(pauseMs);
  }
  return [];
}

const STILL_LOCKED =
  "The database could not be brought to the newest schema, because something else kept one of its tables locked. " +
  "Nothing was changed. End what is using the database (an open psql session, a backup, an older version) and start again.";

/**
 * Runs what is pending (none or all) and returns their names. Two processes may call it at once: one waits.
 * `migrations` and `patience` are for tests.
 * @throws Error in plain words where others hold a table after five tries.
 */
export async function migrateToLatest(
  database: Database,
  migrations: Migrations = ours,
  patience: LockPatience = usualPatience,
): Promise<string[]> {
  const results = await migratePatiently(database, migrations, patience);
  const names = results.map((result) => result.migrationName);
  // A database restored under another name has the tables but not the role of its name.
  if (database.dialect === "postgres" && names.length === 0) {
    await secureTables(database.unguarded, database.appRole);
  }
  if (database.dialect === "postgres") await installGraphile(database);
  await database.reload();
  return names;
}

/** The names of migrations this code knows and the database has not had: none when it is ready to serve. */
export async function pendingMigrations(database: Database, migrations: Migrations = ours): Promise<string[]> {
  const known = await migratorOf(database, migrations).getMigrations();
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}
