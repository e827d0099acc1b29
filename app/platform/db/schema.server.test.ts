import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";

/** What the real migrations leave behind, on both engines. */
const opened = new Map<string, TestDatabase>();
const on = (engine: string) => opened.get(engine) as TestDatabase;

beforeAll(async () => {
  for (const engine of databases) opened.set(engine, await openTestDatabase(engine));
});
afterAll(async () => {
  for (const database of opened.values()) await database.close();
});

/** Tables of one engine's own machinery: SQLite's queue and search index; Postgres has them elsewhere. */
const sqliteOnlyTables = /^(jobs|job_\w+|\w*search\w*_(data|idx|docsize|config|content))$|_search$/;
/** SQLite's search index finds a row by a number. */
const sqliteOnlyColumns = new Set(["contacts.search_id"]);

async function columnsOf(engine: string): Promise<string[]> {
  const { schema, unguarded } = on(engine);
  const tables = await unguarded.introspection.getTables();
  return tables
    .filter((table) => schema().tables.has(table.name) && !sqliteOnlyTables.test(table.name))
    .flatMap((table) =>
      table.columns.map((column) => `${table.name}.${column.name}${column.isNullable ? " or null" : ""}`),
    )
    .filter((column) => !sqliteOnlyColumns.has(column.replace(" or null", "")))
    .sort();
}

it("has no table so wide that eight hundred rows are too many for a statement", async () => {
  const widths = new Map<string, number>();
  for (const column of await columnsOf("sqlite")) {
    const [table = ""] = column.split(".");
    widths.set(table, (widths.get(table) ?? 0) + 1);
  }
  expect(Math.max(...widths.values())).toBeLessThanOrEqual(40);
});

it("has the same tables and columns on both engines", async () => {
  // SQLite calls the columns of a primary key nullable unless they say otherwise.
  const plain = (columns: string[]) =>
    columns.filter((column) => !/\.(account_id|id|key|hash|token_hash|user_id)/.test(column));
  expect(plain(await columnsOf("sqlite"))).toEqual(plain(await columnsOf("postgres")));
  expect((await columnsOf("sqlite")).length).toBeGreaterThan(50);
});

interface Index {
  table_name: string;
  index_name: string;
  first: string;
}

const indexes = {
  sqlite: sql<Index>`
    select t.name as table_name, i.name as index_name, c.name as first
    from pragma_table_list t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.schema = 'main' and t.type = 'table' and c.seqno = 0`,
  postgres: sql<Index>`
    select t.relname as table_name, i.relname as index_name, a.attname as first
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where t.relnamespace = current_schema()::regnamespace`,
};

/** By what the installation looks for something across accounts. */
const acrossAccounts = new Set([
  "accounts.slug",
  "memberships.user_id",
  "invitations.token_hash",
  "invitations.expires_at",
  "oauth_requests.state_hash",
  "oauth_requests.expires_at",
  "connector_grants.shared_key",
]);

describe.each(databases)("the schema on %s", (engine) => {
  it("leads every index of an account's table with account_id", async () => {
    const { rows } = await indexes[engine].execute(on(engine).unguarded);
    const { accountTables } = on(engine).schema();
    const astray = rows
      .filter((index) => accountTables.has(index.table_name) && index.first !== "account_id")
      .map((index) => `${index.table_name}.${index.first}`)
      .filter((place) => !acrossAccounts.has(place) && !sqliteOnlyColumns.has(place));
    expect(astray).toEqual([]);
    expect(rows.filter((index) => index.first === "account_id").length).toBeGreaterThan(5);
  });

  it("never refers from one account's table to another without account_id", async () => {
    const references = {
      sqlite: sql<{ place: string; target: string; columns: string }>`
        select t.name || ' → ' || f."table" as place, f."table" as target, group_concat(f."to") as columns
        from pragma_table_list t, pragma_foreign_key_list(t.name) f
        where t.schema = 'main' and t.type = 'table' group by t.name, f.id`,
      postgres: sql<{ place: string; target: string; columns: string }>`
        select t.relname || ' → ' || r.relname as place, r.relname as target,
          (select string_agg(a.attname, ',') from pg_attribute a where a.attrelid = r.oid and a.attnum = any(k.confkey)) as columns
        from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid
        where k.contype = 'f' and t.relnamespace = current_schema()::regnamespace`,
    };
    const { rows } = await references[engine].execute(on(engine).unguarded);
    const { accountTables } = on(engine).schema();
    const astray = rows.filter(
      (row) => accountTables.has(row.target) && !row.columns.split(",").includes("account_id"),
    );
    expect(astray).toEqual([]);
    expect(rows.length).toBeGreaterThan(5);
  });
});

/** SQLite looks through the whole child for each parent row that is deleted, or inserted while a reference waits. */
it("finds by an index what refers to a row of an account", async () => {
  const references = sql<{ child: string; parent: string; columns: string }>`
    select t.name as child, f."table" as parent, group_concat(f."from" order by f.seq) as columns
    from pragma_table_list t, pragma_foreign_key_list(t.name) f
    where t.schema = 'main' and t.type = 'table' group by t.name, f.id`;
  const indexes = sql<{ child: string; columns: string }>`
    select t.name as child, group_concat(c.name order by c.seqno) as columns
    from pragma_table_list t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.schema = 'main' and t.type = 'table' group by t.name, i.name`;
  const { unguarded, schema } = on("sqlite");
  const indexed = (await indexes.execute(unguarded)).rows;
  const { accountTables } = schema();
  const unindexed = (await references.execute(unguarded)).rows.filter(
    ({ child, parent, columns }) =>
      accountTables.has(parent) &&
      parent !== "accounts" &&
      !indexed.some((index) => index.child === child && `${index.columns},`.startsWith(`${columns},`)),
  );
  expect(unindexed).toEqual([]);
});

describe("SQLite, which is told what a campaign's list looks like,", () => {
  it("is told of each index of recipients, as it is now", async () => {
    const told = await sql<{ name: string; columns: number; figures: string | null }>`
      select i.name as name, (select count(*) from pragma_index_info(i.name)) as columns, s.stat as figures
      from pragma_index_list('recipients') i left join sqlite_stat1 s on s.tbl = 'recipients' and s.idx = i.name`.execute(
      on("sqlite").unguarded,
    );
    expect(told.rows.length).toBeGreaterThan(5);
    for (const { name, columns, figures } of told.rows) {
      expect([name, figures?.split(" ").length]).toEqual([name, columns + 1]);
    }
  });

  it.each([
    "contact_id in ('a', 'b', 'c') and left_out is null",
    "contact_id in ('a', 'b', 'c') and delivery in ('none', 'claimed')",
    "contact_id in ('a', 'b', 'c')",
  ])("finds those whom a statement names without reading the list: %s", async (which) => {
    const { rows } = await sql<{ detail: string }>`explain query plan
      select contact_id, delivery, tries from recipients
      where account_id = 'x' and campaign_id = 'y' and ${sql.raw(which)}`.execute(on("sqlite").unguarded);
    expect(rows.map(({ detail }) => detail).join()).toContain("contact_id=?");
  });
});
