/**
 * Which table belongs to whom, read from the database itself so that it can not go stale: a table with a column
 * `account_id` is an account's, any other the installation's. Exceptions are rows of `table_access`, written by the
 * migration that makes the table.
 */
import { type Kysely, sql } from "kysely";
import { type DialectName } from "~/platform/db/database.server";
import { type Tables } from "~/platform/db/tables";

/**
 * - `installation`: an account's table that the installation scope may use as well (accounts, memberships)
 * - `accounts-read`, `accounts-write`: an installation's table that account scopes may read, or read and write
 * - `append-only`, `never-deleted`: an account's table whose rows nobody changes, or takes away (on Postgres the
 *   application's role lacks the privilege; on SQLite, which knows no privileges, a trigger is for the migration to make)
 */
export type Access = "installation" | "accounts-read" | "accounts-write" | "append-only" | "never-deleted";

export interface SchemaFacts {
  /** Every ordinary table but the migrator's own and `table_access`. Views, virtual tables and their shadows are nobody's: refused. */
  tables: ReadonlySet<string>;
  accountTables: ReadonlySet<string>;
  access: ReadonlyMap<string, Access>;
}

export const emptySchema: SchemaFacts = { tables: new Set(), accountTables: new Set(), access: new Map() };

const tablesOf = {
  sqlite: sql<{ name: string; owned: number }>`
    select t.name as name, exists (select 1 from pragma_table_info(t.name) c where c.name = 'account_id') as owned
    from pragma_table_list t
    where t.schema = 'main' and t.type = 'table' and substr(t.name, 1, 7) <> 'sqlite_'`,
  postgres: sql<{ name: string; owned: number }>`
    select c.relname as name, exists (select 1 from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped) as owned
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`,
};

export async function readSchemaFacts(db: Kysely<Tables>, dialect: DialectName): Promise<SchemaFacts> {
  const { rows } = await tablesOf[dialect].execute(db);
  if (!rows.some((table) => table.name === "table_access")) return emptySchema;
  const ours = rows.filter((table) => !table.name.startsWith("kysely_") && table.name !== "table_access");
  const marks = await sql<{ table_name: string; access: Access }>`select table_name, access from table_access`.execute(
    db,
  );
  return {
    tables: new Set(ours.map((table) => table.name)),
    accountTables: new Set(ours.filter((table) => table.owned).map((table) => table.name)),
    access: new Map(marks.rows.map((mark) => [mark.table_name, mark.access])),
  };
}
