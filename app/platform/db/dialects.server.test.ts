import { Kysely, SqliteDriver } from "kysely";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { postgresDialect, sqliteDialect } from "~/platform/db/dialects.server";

interface Given {
  parcels: { id: string };
}

const driver = () => new SqliteDriver({ database: new Sqlite(":memory:") });

test("a limit is written into SQLite's statements, which would else be planned at every call", () => {
  const db = new Kysely<Given>({ dialect: sqliteDialect(driver) });
  const { sql, parameters } = db.selectFrom("parcels").select("id").where("id", ">", "a").limit(51).compile();
  expect(sql).toBe('select "id" from "parcels" where "id" > ? limit 51');
  expect(parameters).toEqual(["a"]);
});

test("and into those of Postgres, which would else reckon with a tenth of all rows in a plan that it keeps", () => {
  const db = new Kysely<Given>({ dialect: postgresDialect(driver) });
  expect(db.selectFrom("parcels").select("id").limit(51).compile().sql).toBe('select "id" from "parcels" limit 51');
});
