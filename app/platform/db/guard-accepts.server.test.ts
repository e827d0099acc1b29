/** What the guard lets through: every table of accounts held to its account. */
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { ours, theirs, db, installation, eb, note, type Case, compile, own } from "~/testing/guarded-tables";

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

describe("the guard accepts", () => {
  it.each(accepted)("%s", (_name, build) => {
    expect(compile(build).sql).toMatch(/^(select|insert|update|delete|with)/);
  });
});
