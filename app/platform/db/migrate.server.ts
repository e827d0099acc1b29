/** Brings a database to the newest schema, all in one transaction, on both engines. */
import { type Migration, Migrator, sql } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { migrations as ours } from "~/platform/db/migrations.server";
import { secureTables } from "~/platform/db/postgres-role.server";
import { installGraphile } from "~/platform/queue/graphile-jobs.server";

/** How long a change of a table may wait for others to let go of it, before it gives up rather than block them all. */
const LOCK_TIMEOUT = "3s";

type Migrations = Record<string, Migration>;

function securing(migration: Migration, appRole: string): Migration {
  return {
    async up(db) {
      await sql.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`).execute(db);
      await migration.up(db);
      await secureTables(db, appRole);
    },
  };
}

function migratorOf(database: Database, migrations: Migrations): Migrator {
  const wrapped =
    database.dialect === "sqlite"
      ? migrations
      : Object.fromEntries(
          Object.entries(migrations).map(([name, migration]) => [name, securing(migration, database.appRole)]),
        );
  return new Migrator({ db: database.unguarded, provider: { getMigrations: async () => wrapped } });
}

/**
 * Runs what is pending (none or all) and returns their names. Two processes may call it at once: one waits.
 * `migrations` is for tests.
 */
export async function migrateToLatest(database: Database, migrations: Migrations = ours): Promise<string[]> {
  const { error, results } = await migratorOf(database, migrations).migrateToLatest();
  if (error !== undefined) throw error;
  const names = (results ?? []).map((result) => result.migrationName);
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
