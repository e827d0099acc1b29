/** Opens a SQLite file, made if it is not there. */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Kysely } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { sqliteDialect } from "~/platform/db/dialects.server";
import { guardFor } from "~/platform/db/guard.server";
import { type OpenOptions } from "~/platform/db/open.server";
import { emptySchema, readSchemaFacts } from "~/platform/db/schema-facts.server";
import { connectSqlite } from "~/platform/db/sqlite-connection.server";
import { createSqliteDriver } from "~/platform/db/sqlite-driver.server";
import { sqlitePath } from "~/platform/db/sqlite-path.server";
import { createWriter } from "~/platform/db/sqlite-writer.server";
import { type Tables } from "~/platform/db/tables";

const FILE_NAME = "tallybook.sqlite";

export async function openSqlite(options: OpenOptions): Promise<Database> {
  const path = options.url === "" ? join(options.dataDir, FILE_NAME) : sqlitePath(options.url);
  await mkdir(dirname(path), { recursive: true });
  const writer = connectSqlite(path, "writer");
  const file = { writer, reader: connectSqlite(path, "reader"), turn: createWriter() };
  const unguarded = new Kysely<Tables>({ dialect: sqliteDialect(() => createSqliteDriver(file, false)) });
  const guarded = new Kysely<Tables>({ dialect: sqliteDialect(() => createSqliteDriver(file, true)) });
  let facts = emptySchema;
  const schema = () => facts;

  const database: Database = {
    dialect: "sqlite",
    url: `file:${path}`,
    engine: file,
    appRole: "",
    unguarded,
    schema,
    forAccount: (accountId) => guarded.withPlugin(guardFor({ accountId, schema })),
    forInstallation: () => guarded.withPlugin(guardFor({ accountId: null, schema })),
    async reload() {
      file.reader.forgetStatements();
      file.writer.forgetStatements();
      facts = await readSchemaFacts(unguarded, "sqlite");
    },
    async ping() {
      file.reader.run("select 1", []);
    },
    async close() {
      // The reader first: the last connection to close moves the log back into the file.
      file.reader.native.close();
      file.writer.native.close();
    },
  };
  await database.reload();
  return database;
}
