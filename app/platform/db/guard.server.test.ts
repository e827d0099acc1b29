import { CompiledQuery, type Compilable, DummyDriver, expressionBuilder, Kysely, type RawBuilder, sql } from "kysely";
import { describe, expect, it } from "vitest";
import { sqliteDialect } from "~/platform/db/dialects.server";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { guardFor } from "~/platform/db/guard.server";
import { type SchemaFacts } from "~/platform/db/schema-facts.server";
import { openTestDatabase } from "~/testing/databases";

interface Contact {
  account_id: string;
  id: string;
  name: string;
  company_id: string | null;
}
interface Note {
  account_id: string;
  id: string;
  contact_id: string;
  body: string;
}
interface Sample {
  accounts: { account_id: string; slug: string };
  contacts: Contact;
  notes: Note;
  users: { id: string; name: string };
  outbox: { id: string; account: string };
  sessions: { id: string; user_id: string };
}

const ours = "018f0000-0000-7000-8000-00000000000a";
const theirs = "018f0000-0000-7000-8000-00000000000b";

const facts: SchemaFacts = {
  tables: new Set(["accounts", "contacts", "notes", "users", "outbox", "sessions"]),
  accountTables: new Set(["accounts", "contacts", "notes"]),
  access: new Map([
    ["accounts", "installation"],
    ["users", "accounts-read"],
    ["outbox", "accounts-write"],
  ]),
};

function handle(accountId: string | null): Kysely<Sample> {
  const guard = guardFor({ accountId, schema: () => facts });
  return new Kysely<Sample>({ dialect: sqliteDialect(() => new DummyDriver()), plugins: [guard] });
}

const db = handle(ours);
const installation = handle(null);
const eb = expressionBuilder<Sample, "contacts">();
const note = { account_id: ours, id: "n", contact_id: "c", body: "Rang back." };

type Case = [name: string, build: () => Compilable | RawBuilder<unknown>];

function compile(build: Case[1]): CompiledQuery {
  const statement = build();
  return "isRawBuilder" in statement ? statement.compile(db) : statement.compile();
}

const own = () => db.selectFrom("contacts").select("contacts.id").where("contacts.account_id", "=", ours);

const accepted: Case[] = [
  ["a plain select of the account", () => own()],
  [
    "a column without its table's name where there is one table",
    () => db.selectFrom("contacts").select("id").where("account_id", "=", ours),
  ],
  [
    "the value on the left",
    () => db.selectFrom("contacts").select("id").where(eb.val(ours), "=", eb.ref("account_id")),
  ],
  [
    "conditions in an object",
    () =>
      db
        .selectFrom("contacts")
        .select("id")
        .where((e) => e.and({ account_id: ours, name: "x" })),
  ],
  [
    "nested ands",
    () =>
      db
        .selectFrom("contacts")
        .select("id")
        .where((e) => e.and([e("name", "=", "x"), e.and([e("account_id", "=", ours)])])),
  ],
  ["an or beside the account", () => own().where((e) => e.or([e("name", "=", "a"), e("name", "=", "b")]))],
  ["an alias", () => db.selectFrom("contacts as c").select("c.id").where("c.account_id", "=", ours)],
  [
    "a self join on both",
    () =>
      db
        .selectFrom("contacts as a")
        .innerJoin("contacts as b", (j) =>
          j.onRef("b.account_id", "=", "a.account_id").onRef("b.id", "=", "a.company_id"),
        )
        .select("b.name")
        .where("a.account_id", "=", ours),
  ],
  [
    "a chain of joins",
    () =>
      db
        .selectFrom("contacts as a")
        .innerJoin("contacts as b", (j) => j.onRef("b.account_id", "=", "a.account_id"))
        .leftJoin("notes as n", (j) => j.onRef("n.account_id", "=", "b.account_id"))
        .select("n.body")
        .where("a.account_id", "=", ours),
  ],
  [
    "a left join held by its own ON",
    () =>
      db
        .selectFrom("contacts as c")
        .leftJoin("notes as n", (j) => j.on("n.account_id", "=", ours).onRef("n.contact_id", "=", "c.id"))
        .select("n.body")
        .where("c.account_id", "=", ours),
  ],
  [
    "a right join with both in WHERE",
    () =>
      db
        .selectFrom("contacts as c")
        .rightJoin("notes as n", "n.contact_id", "c.id")
        .select("n.body")
        .where("c.account_id", "=", ours)
        .where("n.account_id", "=", ours),
  ],
  [
    "equal aliases in WHERE",
    () =>
      db
        .selectFrom(["contacts as c", "notes as n"])
        .select("n.body")
        .where("c.account_id", "=", ours)
        .whereRef("n.account_id", "=", "c.account_id"),
  ],
  [
    "exists, correlated with the outer alias",
    () =>
      own().where((e) =>
        e.exists(e.selectFrom("notes as n").select("n.id").whereRef("n.account_id", "=", "contacts.account_id")),
      ),
  ],
  [
    "a scalar subquery",
    () =>
      own().select((e) =>
        e
          .selectFrom("notes as n")
          .select((x) => x.fn.countAll<number>().as("k"))
          .where("n.account_id", "=", ours)
          .as("k"),
      ),
  ],
  ["a subquery as a table", () => db.selectFrom(own().as("c")).select("c.id")],
  [
    "a lateral join",
    () =>
      own()
        .innerJoinLateral(
          (e) =>
            e.selectFrom("notes as n").select("n.body").whereRef("n.account_id", "=", "contacts.account_id").as("l"),
          (j) => j.onTrue(),
        )
        .select("l.body"),
  ],
  [
    "a common table expression",
    () =>
      db
        .with("few", () => own())
        .selectFrom("few")
        .select("few.id"),
  ],
  [
    "a recursive one",
    () =>
      db
        .withRecursive("tree(id)", (w) =>
          w
            .selectFrom("contacts")
            .select("contacts.id")
            .where("contacts.account_id", "=", ours)
            .unionAll(
              w
                .selectFrom("tree")
                .innerJoin("contacts as c", "c.company_id", "tree.id")
                .select("c.id")
                .where("c.account_id", "=", ours),
            ),
        )
        .selectFrom("tree")
        .select("tree.id"),
  ],
  ["every arm of a union", () => own().union(db.selectFrom("notes").select("id").where("account_id", "=", ours))],
  [
    "names of people beside the account's rows",
    () => own().innerJoin("users as u", "u.id", "contacts.company_id").select("u.name"),
  ],
  ["an expression as a fragment", () => own().where(sql<boolean>`length(${eb.ref("name")}) > ${3}`)],
  ["a fragment with its or in brackets", () => own().where(sql<boolean>`(name = 'a' or name = 'b')`)],
  [
    "rows from json_each",
    () =>
      own()
        .innerJoin(sql<{ value: string }>`json_each(${"[]"})`.as("j"), (j) => j.onTrue())
        .select("j.value"),
  ],
  [
    "a list of values as rows",
    () =>
      own()
        .innerJoin(sql<{ column1: string }>`(values (${"a"}))`.as("v"), (j) => j.onTrue())
        .select("v.column1"),
  ],
  ["between, closed", () => own().where(sql<boolean>`name between 'a' and 'b'`)],
  ["an aggregate with a filter", () => own().select(sql<number>`count(*) filter (where name > 'a')`.as("n"))],
  ["an insert of one row", () => db.insertInto("notes").values(note)],
  ["an insert of several", () => db.insertInto("notes").values([note, { ...note, id: "m" }])],
  ["an insert with an expression", () => db.insertInto("notes").values({ ...note, body: sql<string>`upper(${"x"})` })],
  [
    "an insert from a select",
    () =>
      db
        .insertInto("notes")
        .columns(["account_id", "id", "contact_id", "body"])
        .expression(
          own()
            .clearSelect()
            .select((e) => [
              e.val(ours).as("account_id"),
              "contacts.id",
              "contacts.id as contact_id",
              "contacts.name as body",
            ]),
        ),
  ],
  [
    "a conflict target with the account",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.columns(["account_id", "id"]).doNothing()),
  ],
  [
    "do update set",
    () =>
      db
        .insertInto("notes")
        .values(note)
        .onConflict((c) => c.columns(["account_id", "id"]).doUpdateSet((e) => ({ body: e.ref("excluded.body") }))),
  ],
  ["an update", () => db.updateTable("notes").set({ body: "x" }).where("account_id", "=", ours)],
  [
    "an update from another table",
    () =>
      db
        .updateTable("notes")
        .from("contacts as c")
        .set((e) => ({ body: e.ref("c.name") }))
        .where("notes.account_id", "=", ours)
        .whereRef("c.account_id", "=", "notes.account_id"),
  ],
  ["a delete", () => db.deleteFrom("notes").where("account_id", "=", ours)],
  [
    "a delete using another table",
    () =>
      db
        .deleteFrom("notes")
        .using("contacts as c")
        .where("notes.account_id", "=", ours)
        .where("c.account_id", "=", ours),
  ],
  ["a table opened for writing", () => db.insertInto("outbox").values({ id: "o", account: ours })],
  ["a select without a table", () => db.selectNoFrom((e) => e.val(1).as("one"))],
  ["the installation reading its sessions", () => installation.selectFrom("sessions").select("id")],
  ["the installation reading accounts", () => installation.selectFrom("accounts").select("slug")],
  [
    "the installation adding an account",
    () =>
      installation
        .insertInto("accounts")
        .values({ account_id: theirs, slug: "acme" })
        .onConflict((c) => c.column("slug").doNothing()),
  ],
];

const refused: Case[] = [
  ["a select without the account", () => db.selectFrom("contacts").select("id")],
  ["another account's id", () => db.selectFrom("contacts").select("id").where("account_id", "=", theirs)],
  ["a list of accounts", () => db.selectFrom("contacts").select("id").where("account_id", "in", [ours, theirs])],
  ["not this account", () => db.selectFrom("contacts").select("id").where("account_id", "!=", ours)],
  [
    "the account negated",
    () =>
      db
        .selectFrom("contacts")
        .select("id")
        .where((e) => e.not(e("account_id", "=", ours))),
  ],
  [
    "an OR at the top",
    () =>
      db
        .selectFrom("contacts")
        .select("id")
        .where((e) => e.or([e("account_id", "=", ours), e("name", "=", "x")])),
  ],
  [
    "the account in HAVING only",
    () => db.selectFrom("contacts").select("account_id").groupBy("account_id").having("account_id", "=", ours),
  ],
  [
    "the account equal to itself",
    () => db.selectFrom("contacts").select("id").whereRef("account_id", "=", "account_id"),
  ],
  [
    "the account equal to another column",
    () => db.selectFrom("contacts").select("id").whereRef("account_id", "=", "id"),
  ],
  ["another column equal to the account", () => db.selectFrom("contacts").select("id").where("company_id", "=", ours)],
  [
    "a fragment as the account's condition",
    () =>
      db
        .selectFrom("contacts")
        .select("id")
        .where(sql<boolean>`account_id = ${ours}`),
  ],
  [
    "one of two in a self join",
    () =>
      db
        .selectFrom("contacts as a")
        .innerJoin("contacts as b", "b.id", "a.company_id")
        .select("b.name")
        .where("a.account_id", "=", ours),
  ],
  [
    "two aliases equal to each other only",
    () => db.selectFrom("contacts as a").innerJoin("contacts as b", "b.account_id", "a.account_id").select("b.name"),
  ],
  [
    "a name that two tables have",
    () =>
      db
        .selectFrom("contacts as a")
        .innerJoin("notes as n", "n.contact_id", "a.id")
        .select("n.body")
        .where("account_id", "=", ours),
  ],
  [
    "a left join's ON for the left side",
    () =>
      db
        .selectFrom("contacts as c")
        .leftJoin("notes as n", (j) => j.on("c.account_id", "=", ours).on("n.account_id", "=", ours))
        .select("c.name"),
  ],
  [
    "a right join's ON",
    () =>
      db
        .selectFrom("contacts as c")
        .rightJoin("notes as n", (j) => j.on("n.account_id", "=", ours))
        .select("n.body")
        .where("c.account_id", "=", ours),
  ],
  [
    "a full join's ON",
    () =>
      db
        .selectFrom("contacts as c")
        .fullJoin("notes as n", (j) => j.on("n.account_id", "=", ours))
        .select("n.body")
        .where("c.account_id", "=", ours),
  ],
  [
    "an inner join's ON for another table",
    () =>
      db
        .selectFrom("contacts as c")
        .innerJoin("notes as n", (j) => j.on("c.account_id", "=", ours).on("n.account_id", "=", ours))
        .select("c.name"),
  ],
  [
    "a cross join",
    () => db.selectFrom("contacts as c").crossJoin("notes as n").select("n.body").where("c.account_id", "=", ours),
  ],
  [
    "a second table in FROM",
    () => db.selectFrom(["contacts as c", "notes as n"]).select("n.body").where("c.account_id", "=", ours),
  ],
  [
    "an unconstrained exists",
    () =>
      own().where((e) =>
        e.exists(e.selectFrom("notes").select("notes.id").whereRef("notes.contact_id", "=", "contacts.id")),
      ),
  ],
  [
    "an unconstrained scalar subquery",
    () => own().select((e) => e.selectFrom("notes").select("notes.body").limit(1).as("b")),
  ],
  ["an unconstrained IN", () => own().where("contacts.id", "in", db.selectFrom("notes").select("contact_id"))],
  [
    "an unconstrained subquery as a table",
    () =>
      db
        .selectFrom(db.selectFrom("contacts").select(["id", "account_id"]).as("c"))
        .select("c.id")
        .where("c.account_id", "=", ours),
  ],
  [
    "an unconstrained subquery in ORDER BY",
    () => own().orderBy((e) => e.selectFrom("notes").select("notes.body").limit(1)),
  ],
  [
    "an unconstrained subquery inside a fragment",
    () => own().where(sql<boolean>`exists (${db.selectFrom("notes").select("id")})`),
  ],
  [
    "a subquery held by a derived alias of the same name",
    () =>
      db
        .selectFrom(own().select("contacts.name as account_id").as("c"))
        .select("c.id")
        .where((e) =>
          e.exists(e.selectFrom("notes as n").select("n.id").whereRef("n.account_id", "=", "c.account_id")),
        ),
  ],
  [
    "an unconstrained common table expression",
    () =>
      db
        .with("few", (w) => w.selectFrom("contacts").select("id"))
        .selectFrom("few")
        .select("few.id"),
  ],
  [
    "a common table expression with a table's name",
    () =>
      db
        .with("contacts", () => own())
        .selectFrom("contacts")
        .select("contacts.id")
        .where("contacts.account_id", "=", ours),
  ],
  [
    "a common table expression out of its reach",
    () =>
      db
        .selectFrom(
          db
            .with("few", () => own())
            .selectFrom("few")
            .select("few.id")
            .as("x"),
        )
        .innerJoin("few" as "contacts", (j) => j.onTrue())
        .select("x.id"),
  ],
  ["a second arm without the account", () => own().unionAll(db.selectFrom("notes").select("id"))],
  [
    "a third arm without the account",
    () =>
      own()
        .union(own())
        .except(db.selectFrom("notes").select("id").where("account_id", "=", theirs)),
  ],
  [
    "a table nobody knows",
    () =>
      db
        .selectFrom("sqlite_master" as "contacts")
        .select("name")
        .where("account_id", "=", ours),
  ],
  [
    "a table in other letters",
    () =>
      db
        .selectFrom("Contacts" as "contacts")
        .select("name")
        .where("account_id", "=", ours),
  ],
  ["a schema", () => db.withSchema("other").selectFrom("contacts").select("id").where("account_id", "=", ours)],
  ["a table of the installation", () => db.selectFrom("sessions").select("id")],
  [
    "a table of the installation in a join",
    () =>
      own()
        .innerJoin("sessions as s", (j) => j.onTrue())
        .select("s.id"),
  ],
  ["writing to a table opened for reading", () => db.updateTable("users").set({ name: "x" })],
  ["deleting from it", () => db.deleteFrom("users")],
  ["adding to it", () => db.insertInto("users").values({ id: "u", name: "x" })],
  ["a whole statement by hand", () => sql`select id from contacts`],
  ["a harmless one", () => sql`select 1`],
  ["a fragment with select", () => own().where(sql<boolean>`id in (select contact_id from notes)`)],
  ["a fragment with a table", () => own().where(sql<boolean>`id in (table notes)`)],
  ["a fragment as a table", () => db.selectFrom(sql<Contact>`contacts`.as("c")).select("c.id")],
  [
    "a fragment as a table beside a function",
    () => db.selectFrom(sql<Contact>`json_each('[]'), contacts`.as("c")).select("c.id"),
  ],
  ["a bracketed table as a fragment", () => db.selectFrom(sql<Contact>`(contacts)`.as("c")).select("c.id")],
  ["a fragment with an open or", () => own().where(sql<boolean>`name = 'a' or name = 'b'`)],
  ["a fragment with brackets of others", () => own().where(sql<boolean>`1 = 1) or (1 = 1`)],
  ["a fragment with a comment", () => own().where(sql<boolean>`1 = 1 --`)],
  ["a fragment with an open between", () => own().where(sql<boolean>`name between 'a'`)],
  ["a fragment with a second statement", () => own().where(sql<boolean>`1; 2`)],
  ["a fragment with a string of its own kind", () => own().where(sql<boolean>`name = E'\\' or 1=1 or name = '`)],
  ["a fragment with an open string", () => own().where(sql<boolean>`name = 'a`)],
  [
    "a fragment that changes the account",
    () => own().select(sql`set_config('tallybook.account_id', 'x', false)`.as("x")),
  ],
  ["a function that changes the account", () => own().select((e) => e.fn("set_config", [e.val("a")]).as("x"))],
  ["a fragment at the end", () => own().modifyEnd(sql`or 1 = 1`)],
  ["an operator by hand", () => own().where("contacts.name", sql`= 'a' or 'b' =` as unknown as "=", "c")],
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

describe("the guard accepts", () => {
  it.each(accepted)("%s", (_name, build) => {
    expect(compile(build).sql).toMatch(/^(select|insert|update|delete|with)/);
  });
});

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
