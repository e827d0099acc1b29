import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { recordEvent, verifyChain } from "~/features/audit/audit.server";
import "~/features/audit/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const record = (scope: Scope, action = "contact.edited") =>
  inTransaction(scope, (scope) => recordEvent(scope, { action, subject: { contactId: newId() }, fields: ["phones"] }));

async function positionsOf(scope: Scope): Promise<number[]> {
  const rows = await scope.db
    .selectFrom("audit_events")
    .select("position")
    .where("account_id", "=", scope.account.id)
    .orderBy("position")
    .execute();
  return rows.map((row) => row.position);
}

/** As somebody with the database's own password would: past the application. Returns what the database says to it. */
async function tamper(scope: Scope, statement: string): Promise<string> {
  const { unguarded } = scope.database;
  const done = sql.raw(statement.replaceAll(":account", `'${scope.account.id}'`)).execute(unguarded);
  return done.then(
    () => "done",
    (error: unknown) => String(error),
  );
}

/** With the triggers taken away, as only the owner of the database can. */
async function withoutTriggers(scope: Scope, statement: string): Promise<void> {
  const off =
    scope.database.dialect === "postgres"
      ? ["alter table audit_events disable trigger audit_events_no_change"]
      : ["drop trigger audit_events_no_update", "drop trigger audit_events_no_delete"];
  for (const line of [...off, statement]) expect(await tamper(scope, line)).toBe("done");
}

describe.each(databases)("the audit chain on %s", (database) => {
  test("is whole after every command, from the account's first event on", async () => {
    const scope = await given.scope(database);
    for (let count = 0; count < 5; count++) await record(scope);
    const positions = await positionsOf(scope);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    expect(await verifyChain(scope)).toEqual({ ok: true, events: positions.length });
  });

  test("does not fork when commands run side by side", async () => {
    const scope = await given.scope(database);
    const before = (await positionsOf(scope)).length;
    await Promise.all(Array.from({ length: 20 }, () => record(scope)));
    expect(await verifyChain(scope)).toEqual({ ok: true, events: before + 20 });
  });

  test("knows nothing of a command that was called off", async () => {
    const scope = await given.scope(database);
    const before = await positionsOf(scope);
    const calledOff = inTransaction(scope, async (scope) => {
      await recordEvent(scope, { action: "contact.edited" });
      throw new Error("called off");
    });
    await expect(calledOff).rejects.toThrow("called off");
    await record(scope);
    expect(await positionsOf(scope)).toHaveLength(before.length + 1);
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("belongs to its account alone", async () => {
    const { scope, other } = await given.twoAccounts(database);
    await record(other, "contact.secret");
    expect(await verifyChain(scope)).toEqual({ ok: true, events: (await positionsOf(scope)).length });
    const rows = await scope.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(rows.map((row) => row.action)).not.toContain("contact.secret");
  });

  test.each([
    "update audit_events set action = 'nothing' where account_id = :account",
    "update audit_events set at = at where account_id = :account",
    "delete from audit_events where account_id = :account",
  ])("refuses even the database's owner: %s", async (statement) => {
    const scope = await given.scope(database);
    await record(scope);
    expect(await tamper(scope, statement)).toContain("append-only");
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("refuses the application, too", async () => {
    const scope = await given.scope(database);
    // On Postgres its role has not even the privilege.
    const refusal = database === "postgres" ? "permission denied" : "append-only";
    await record(scope);
    const change = scope.db.updateTable("audit_events").set({ action: "x" }).where("account_id", "=", scope.account.id);
    await expect(change.execute()).rejects.toThrow(refusal);
    const removal = scope.db.deleteFrom("audit_events").where("account_id", "=", scope.account.id);
    await expect(removal.execute()).rejects.toThrow(refusal);
  });

  test.each([
    ["its body", "body = replace(body, 'phones', 'emails')"],
    ["what was done", "action = 'contact.archived'"],
    ["who did it", "actor_user_id = null"],
    ["when", "at = '2020-01-01T00:00:00.000Z'"],
  ])("an event that is changed in spite of all is found, and where: %s", async (_, change) => {
    const own = await given.ownDatabase(database);
    try {
      for (let count = 0; count < 3; count++) await record(own.scope);
      const last = (await positionsOf(own.scope)).length;
      await withoutTriggers(
        own.scope,
        `update audit_events set ${change} where account_id = :account and position = ${last - 1}`,
      );
      expect(await verifyChain(own.scope)).toEqual({ ok: false, position: last - 1 });
    } finally {
      await own.close();
    }
  });

  test("an event that is taken out in spite of all is found, at the end as well", async () => {
    const own = await given.ownDatabase(database);
    try {
      for (let count = 0; count < 3; count++) await record(own.scope);
      const last = (await positionsOf(own.scope)).length;
      await withoutTriggers(own.scope, `delete from audit_events where account_id = :account and position = ${last}`);
      expect(await verifyChain(own.scope)).toEqual({ ok: false, position: last });
    } finally {
      await own.close();
    }
  });
});

test("SQLite refuses to replace an event by inserting over it", async () => {
  const scope = await given.scope("sqlite");
  await record(scope);
  const replaced = await tamper(
    scope,
    `insert or replace into audit_events select account_id, position, id, at, 'nothing', actor_user_id, body, hash
      from audit_events where account_id = :account`,
  );
  expect(replaced).toContain("append-only");
  expect(await verifyChain(scope)).toMatchObject({ ok: true });
});

test("Postgres refuses to empty the table, and refuses a session that runs as a replica", async () => {
  const scope = await given.scope("postgres");
  await record(scope);
  expect(await tamper(scope, "truncate audit_events cascade")).toContain("append-only");
  for (const statement of [
    "delete from audit_events",
    "update audit_events set action = 'x'",
    "truncate audit_events cascade",
  ]) {
    const replica = scope.database.unguarded.transaction().execute(async (db) => {
      await sql`set local session_replication_role = replica`.execute(db);
      await sql.raw(statement).execute(db);
    });
    await expect(replica).rejects.toThrow("append-only");
  }
  expect(await verifyChain(scope)).toMatchObject({ ok: true });
});
