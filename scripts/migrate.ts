/** `tsx scripts/migrate.ts`: brings the database that the environment names to the newest schema. */
import { existsSync } from "node:fs";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { openDatabase } from "~/platform/db/open.server";
import { createLog } from "~/platform/log.server";

// Variables that are set already win over the file's.
if (existsSync(".env")) process.loadEnvFile(".env");

const database = await openDatabase({
  url: process.env["DATABASE_URL"] ?? "",
  dataDir: process.env["DATA_DIR"] ?? "data",
  log: createLog({ level: "warn" }),
  checkAfterMigration: true,
});
try {
  const names = await migrateToLatest(database);
  for (const name of names) console.log(`migrated ${name}`);
  if (names.length === 0) console.log("nothing to migrate");
} finally {
  await database.close();
}
