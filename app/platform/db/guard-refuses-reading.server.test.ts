/** What reads past its account, or by hand where the guard cannot look, is refused. */
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { ours, theirs, db, type Case, type Contact, compile, own } from "~/testing/guarded-tables";

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
];
describe("the guard refuses", () => {
  it.each(refused)("%s", (_name, build) => {
    expect(() => compile(build)).toThrow(UnguardedStatementError);
  });
});
