import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withoutGuard } from "~/platform/db/approved.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { migrations } from "~/platform/db/migrations.server";
import { openDatabase } from "~/platform/db/open.server";
import { appRoleName, secureTables } from "~/platform/db/postgres-role.server";
import { newId } from "~/platform/ids.server";
import { openTestDatabase, type TestDatabase } from "~/testing/databases";
import { givenTables } from "~/testing/given-tables";

/** The second line: what Postgres itself holds to when a statement has gone around the guard. */
describe("row-level security", () => {
  const [ours, theirs] = [newId(), newId()];
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase("postgres");
    await givenTables(database);
    for (const account_id of [ours, theirs]) {
      await database.forAccount(account_id).insertInto("given_orders").values({ account_id, id: newId() }).execute();
    }
  });
  afterEach(() => database.close());

  it("shows only the scope's account to a statement without the guard", async () => {
    const db = withoutGuard(database.forAccount(ours));
    expect(await db.selectFrom("given_orders").select("account_id").execute()).toEqual([{ account_id: ours }]);
    const updated = await db.updateTable("given_orders").set({ pieces: 1 }).executeTakeFirstOrThrow();
    expect(updated.numUpdatedRows).toBe(1n);
    const deleted = await db.deleteFrom("given_orders").where("account_id", "=", theirs).executeTakeFirstOrThrow();
    expect(deleted.numDeletedRows).toBe(0n);
  });

  it("refuses rows for another account", async () => {
    const db = withoutGuard(database.forAccount(ours));
    const insert = db.insertInto("given_orders").values({ account_id: theirs, id: newId() });
    await expect(insert.execute()).rejects.toThrow("row-level security");
    const move = db.updateTable("given_orders").set({ account_id: theirs });
    await expect(move.execute()).rejects.toThrow("row-level security");
  });

  it("shows the installation nothing but what is opened to it", async () => {
    const db = withoutGuard(database.forInstallation());
    expect(await db.selectFrom("given_orders").select("id").execute()).toEqual([]);
    expect(await db.selectFrom("accounts").select("account_id").execute()).toEqual([]);
  });

  it("is loud on a connection that nobody told its account", async () => {
    const client = new pg.Client({ connectionString: database.url, options: `-c role=${database.appRole}` });
    await client.connect();
    await expect(client.query("select id from given_orders")).rejects.toThrow("tallybook.account_id");
    await client.end();
  });

  it("binds a role that can do nothing else", async () => {
    const db = withoutGuard(database.forAccount(ours));
    await expect(sql`create table loot (id integer)`.execute(db)).rejects.toThrow("permission denied");
    await expect(sql`alter table given_orders disable row level security`.execute(db)).rejects.toThrow("owner");
    await expect(sql`truncate given_orders`.execute(db)).rejects.toThrow("permission denied");
    await expect(sql`select 1 from kysely_migration`.execute(db)).rejects.toThrow("permission denied");
  });

  it("cannot change or take away what was audited, whatever became of the triggers", async () => {
    const db = withoutGuard(database.forAccount(ours));
    await expect(db.updateTable("audit_events").set({ body: "{}" }).execute()).rejects.toThrow("permission denied");
    await expect(db.deleteFrom("audit_events").execute()).rejects.toThrow("permission denied");
    await expect(db.deleteFrom("audit_heads").execute()).rejects.toThrow("permission denied");
  });

  it("leaves another role of the cluster outside, also before what runs as the owner", async () => {
    const lodger = `tallybook_lodger_${newId().slice(-8)}`;
    const as = (statement: string) =>
      database.unguarded.transaction().execute(async (db) => {
        await sql.raw(`create role "${lodger}"`).execute(db);
        await sql.raw(`set local role "${lodger}"`).execute(db);
        await sql`select set_config('tallybook.account_id', ${ours}, true)`.execute(db);
        await sql.raw(statement).execute(db);
      });
    for (const statement of [
      "select id from contacts",
      "select id from tallybook_search_contacts(array['%'], 10, false)",
      "select tallybook_add_job('sweep', '{}', null, null, null, null, null)",
    ]) {
      await expect(as(statement)).rejects.toThrow("permission denied");
    }
  });

  it("is checked when the database is opened", async () => {
    const again = () =>
      openDatabase({ url: database.url, dataDir: "", log: { warn() {} }, appRole: database.appRole }).then((opened) =>
        opened.close(),
      );
    await again();
    const owner = database.unguarded;
    await sql`alter table given_orders disable row level security`.execute(owner);
    await expect(again()).rejects.toThrow("on: given_orders");
    await sql`alter table given_orders enable row level security`.execute(owner);
    await sql`alter table given_orders force row level security`.execute(owner);
    await expect(again()).rejects.toThrow("on: given_orders");
    await sql`alter table given_orders no force row level security`.execute(owner);
    await sql`drop policy own_account on given_orders`.execute(owner);
    await expect(again()).rejects.toThrow("on: given_orders");
    // Migrating puts it right, even with nothing to migrate.
    await secureTables(owner, database.appRole);
    await again();
    await sql`grant execute on all functions in schema public to public`.execute(owner);
    await expect(again()).rejects.toThrow("tallybook_search_contacts");
  });

  it("refuses to serve as a role that it would not bind", async () => {
    const open = (appRole: string) => openDatabase({ url: database.url, dataDir: "", log: { warn() {} }, appRole });
    await expect(open("postgres")).rejects.toThrow("superuser");
    await expect(open("nobody_at_all")).rejects.toThrow("nobody_at_all");
  });
});

describe("a Postgres database", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase("postgres");
  });
  afterEach(() => database.close());

  it("restored under another name gets a role of its own by migrating", async () => {
    const appRole = appRoleName(new URL(database.url).pathname.slice(1));
    expect(appRole).not.toBe(database.appRole);
    const options = { url: database.url, dataDir: "", log: { warn() {} }, appRole };
    await expect(openDatabase(options)).rejects.toThrow(`There is no role ${appRole}`);
    const restored = await openDatabase({ ...options, checkAfterMigration: true });
    await migrateToLatest(restored);
    expect(await restored.forInstallation().selectFrom("users").select("id").execute()).toEqual([]);
    await restored.close();
    await (await openDatabase(options)).close();
    for (const end of ["owned by", "role"]) await sql.raw(`drop ${end} "${appRole}"`).execute(database.unguarded);
  });

  it("can be migrated by a login that is no superuser", async () => {
    const name = `tallybook_plain_${newId().slice(-8)}`;
    const login = `${name}_login`;
    const url = new URL(database.url);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(`create role "${login}" login createrole password 'plain'`);
    await admin.query(`create database "${name}" owner "${login}" template template0`);
    url.pathname = `/${name}`;
    url.username = login;
    url.password = "plain";
    const plain = await openDatabase({ url: url.href, dataDir: "", log: { warn() {} } });
    try {
      await migrateToLatest(plain);
      const account = newId();
      expect(
        await plain.forAccount(account).selectFrom("files").select("id").where("account_id", "=", account).execute(),
      ).toEqual([]);
    } finally {
      await plain.close();
      await admin.query(`drop database "${name}" with (force)`);
      await admin.query(`drop role if exists "${appRoleName(name)}"`);
      await admin.query(`drop role "${login}"`);
      await admin.end();
    }
  });

  it("of another encoding than UTF-8 is refused", async () => {
    const name = `tallybook_ascii_${newId().slice(-8)}`;
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(`create database "${name}" encoding 'SQL_ASCII' locale 'C' template template0`);
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    await expect(openDatabase({ url: url.href, dataDir: "", log: { warn() {} } })).rejects.toThrow("SQL_ASCII");
    await admin.query(`drop database "${name}"`);
    await admin.end();
  });

  it("whose server ends all connections is reached again by the next statement", async () => {
    const warned: unknown[] = [];
    const log = { warn: (fields: unknown) => warned.push(fields) };
    const connections = async () => {
      const all = sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database()`;
      return (await all.execute(database.unguarded)).rows.length;
    };
    const before = await connections();
    const opened = await openDatabase({ url: database.url, dataDir: "", log: log as never, appRole: database.appRole });
    await opened.ping();
    const own = (await connections()) - before;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(database.unguarded);
    await vi.waitFor(() => expect(warned).toHaveLength(own));
    await opened.ping();
    expect(await opened.forInstallation().selectFrom("users").select("id").execute()).toEqual([]);
    await opened.close();
    await expect(opened.ping()).rejects.toThrow();
  });

  it("is migrated once when two processes begin at the same time", async () => {
    const up = async (db: Parameters<(typeof migrations)[string]["up"]>[0]) => {
      await sql`select pg_sleep(0.2)`.execute(db);
      await sql`create table given_once (id integer)`.execute(db);
    };
    const all = { ...migrations, "29990101T0000_once": { up } };
    const done = await Promise.all([migrateToLatest(database, all), migrateToLatest(database, all)]);
    expect(done.flat()).toEqual(["29990101T0000_once"]);
  });
});
