/** What writes past its account is refused, and what goes around the guard. */
import { CompiledQuery, sql } from "kysely";
import { describe, expect, it } from "vitest";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { openTestDatabase } from "~/testing/databases";
import { ours, theirs, db, installation, note, type Case, type Note, compile, own } from "~/testing/guarded-tables";

const refused: Case[] = [
  [
    "an insert without the account",
    () => db.insertInto("notes").values({ id: "n", contact_id: "c", body: "x" } as Note),
  ],
  ["an insert for another account", () => db.insertInto("notes").values({ ...note, account_id: theirs })],
  ["one wrong row among several", () => db.insertInto("notes").values([note, { ...note, account_id: theirs }])],
  [
    "one row without the account among several",
    () => db.insertInto("notes").values([note, { id: "m", contact_id: "c", body: "x" } as Note]),
  ],
  [
    "an insert with a fragment as the account",
    () => db.insertInto("notes").values({ ...note, account_id: sql<string>`${ours}` }),
  ],
  ["an insert with a raw list", () => db.insertInto("notes").values({ ...note, body: sql<string>`'a', 'b'` })],
  ["an insert of defaults", () => db.insertInto("notes").defaultValues()],
  [
    "an insert from an unconstrained select",
    () =>
      db
        .insertInto("notes")
        .columns(["account_id", "id"])
        .expression(db.selectFrom("contacts").select((e) => [e.val(ours).as("account_id"), "contacts.id"])),
  ],
  [
    "an insert from a select with another account",
    () =>
      db
        .insertInto("notes")
        .columns(["account_id", "id"])
        .expression(
          own()
            .clearSelect()
            .select((e) => [e.val(theirs).as("account_id"), "contacts.id"]),
        ),
  ],
  [
    "an insert from a select with places shifted",
    () =>
      db
        .insertInto("notes")
        .columns(["id", "account_id"])
        .expression(
          own()
            .clearSelect()
            .selectAll()
            .select((e) => e.val(ours).as("account_id")),
        ),
  ],
  [
    "an insert from a select with a wrong arm",
    () =>
      db
        .insertInto("notes")
        .columns(["account_id"])
        .expression(
          own()
            .clearSelect()
            .select((e) => e.val(ours).as("a"))
            .union(
              own()
                .clearSelect()
                .select((e) => e.val(theirs).as("a")),
            ),
        ),
  ],
  ["insert or replace", () => db.replaceInto("notes").values(note)],
  ["insert or ignore", () => db.insertInto("notes").orIgnore().values(note)],
  [
    "a conflict target without the account",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.column("id").doNothing()),
  ],
  [
    "a conflict without a target",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.doNothing()),
  ],
  [
    "a conflict on a named constraint",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.constraint("notes_pk").doNothing()),
  ],
  [
    "do update set account_id",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.columns(["account_id", "id"]).doUpdateSet({ account_id: theirs })),
  ],
  [
    "an unconstrained subquery in do update set",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) =>
          c
            .columns(["account_id", "id"])
            .doUpdateSet((e) => ({ body: e.selectFrom("contacts").select("contacts.name").limit(1) })),
        ),
  ],
  [
    "an unconstrained subquery among the values",
    () =>
      db
        .insertInto("notes")
        .values((e) => ({ ...note, body: e.selectFrom("contacts").select("contacts.name").limit(1) })),
  ],
  ["an update without the account", () => db.updateTable("notes").set({ body: "x" }).where("id", "=", "n")],
  [
    "an update of the account",
    () => db.updateTable("notes").set({ account_id: theirs }).where("account_id", "=", ours),
  ],
  [
    "an update of the account in capitals",
    () =>
      db
        .updateTable("notes")
        .set({ ACCOUNT_ID: theirs } as never)
        .where("account_id", "=", ours),
  ],
  [
    "an update with a raw list",
    () =>
      db
        .updateTable("notes")
        .set({ body: sql<string>`'x', account_id = ${theirs}` })
        .where("account_id", "=", ours),
  ],
  [
    "an update from an unconstrained table",
    () =>
      db
        .updateTable("notes")
        .from("contacts as c")
        .set((e) => ({ body: e.ref("c.name") }))
        .where("notes.account_id", "=", ours),
  ],
  [
    "an update held by the other table only",
    () => db.updateTable("notes").from("contacts as c").set({ body: "x" }).where("c.account_id", "=", ours),
  ],
  ["a delete without the account", () => db.deleteFrom("notes")],
  [
    "a delete using an unconstrained table",
    () => db.deleteFrom("notes").using("contacts as c").where("notes.account_id", "=", ours),
  ],
  [
    "a delete held by the other table only",
    () => db.deleteFrom("notes").using("contacts as c").where("c.account_id", "=", ours),
  ],
  [
    "a merge",
    () => db.mergeInto("notes").using("contacts as c", "c.id", "notes.contact_id").whenMatched().thenDelete(),
  ],
  ["a change of the schema", () => db.schema.dropTable("notes")],
  [
    "the same alias twice",
    () =>
      db
        .selectFrom(["contacts as c", "notes as c" as "notes as n"])
        .select("c.id")
        .where("c.account_id", "=", ours),
  ],
  ["the installation reading contacts", () => installation.selectFrom("contacts").select("id")],
  [
    "the installation reading one account's contacts",
    () => installation.selectFrom("contacts").select("id").where("account_id", "=", ours),
  ],
  ["the installation reading contacts by hand", () => sql`select id from contacts`],
  ["the installation moving an account", () => installation.updateTable("accounts").set({ account_id: theirs })],
];

describe("the guard refuses", () => {
  it.each(refused)("%s", (_name, build) => {
    expect(() => compile(build)).toThrow(UnguardedStatementError);
  });
});

describe.each(["sqlite", "postgres"] as const)("a guarded handle on %s", (engine) => {
  it("runs nothing that went around the guard", async () => {
    const database = await openTestDatabase(engine);
    const guarded = database.forAccount(ours);
    await expect(guarded.executeQuery(CompiledQuery.raw("select 1"))).rejects.toThrow(UnguardedStatementError);
    await expect(sql`select 1`.execute(guarded.withoutPlugins())).rejects.toThrow(UnguardedStatementError);
    await expect(guarded.introspection.getTables()).rejects.toThrow(UnguardedStatementError);
    await database.close();
  });
});
