/** One database of each engine for a test file, closed after its last test by `each-file.ts`. Accounts keep the tests apart. */
import { type DialectName } from "~/platform/db/database.server";
import { openTestDatabase, type TestDatabase } from "~/testing/databases";

/** The only thing here that lasts from file to file: modules are loaded once for all. */
const databaseOfFile = new Map<DialectName, Promise<TestDatabase>>();

export function sharedDatabase(engine: DialectName): Promise<TestDatabase> {
  const known = databaseOfFile.get(engine);
  if (known) return known;
  const opened = openTestDatabase(engine);
  databaseOfFile.set(engine, opened);
  return opened;
}

export async function closeDatabases(): Promise<void> {
  const opened = [...databaseOfFile.values()];
  databaseOfFile.clear();
  await Promise.all(opened.map(async (database) => (await database).close()));
}
