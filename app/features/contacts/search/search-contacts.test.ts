import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { editContact } from "~/features/contacts/edit-contact.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { searchIds } from "~/features/contacts/search/search-contacts.server";
import { matches, parseSearch } from "~/features/contacts/search/search-terms.server";
import { searchText } from "~/features/contacts/search/search-text.server";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { sql } from "kysely";

const named = (query: string) => readView(new URLSearchParams({ q: query }));
const namesOf = async (scope: Scope, query: string) =>
  (await listContacts(scope, named(query))).contacts.map((contact) => contact.name);

describe.each(databases)("searching contacts on %s", (database) => {
  test("finds parts of names, companies, emails and notes, however they are written", async () => {
    const scope = await given.scope(database);
    await given.contact(scope, {
      givenName: "Łucja",
      familyName: "Wiśniewska",
      company: "Ærø Bådeværft",
      emails: [{ value: "lucja@aero.example", label: null }],
      notes: "Prefers to be called after four.",
    });
    await given.contact(scope, { givenName: "太郎", familyName: "山田" });
    for (const query of ["wisniew", "LUCJA", "aero bade", "@aero.ex", "after four", "Wiśniewska prefers"]) {
      expect(await namesOf(scope, query)).toEqual(["Łucja Wiśniewska"]);
    }
    expect(await namesOf(scope, "山田")).toEqual(["太郎 山田"]);
    expect(await namesOf(scope, "wisniew schmidt")).toEqual([]);
  });

  test("two characters begin a word, one begins a word of the name", async () => {
    const scope = await given.scope(database);
    await given.contact(scope, { givenName: "Ann", familyName: "Okafor", company: "Zebra Print" });
    await given.contact(scope, { givenName: "Johanna", familyName: "Brandt", notes: "Ask Zoe." });
    expect(await namesOf(scope, "an")).toEqual(["Ann Okafor"]);
    expect(await namesOf(scope, "ann")).toEqual(["Johanna Brandt", "Ann Okafor"]);
    expect(await namesOf(scope, "ann o")).toEqual(["Ann Okafor"]);
    expect(await namesOf(scope, "z")).toEqual([]);
    expect(await namesOf(scope, "b")).toEqual(["Johanna Brandt"]);
  });

  test.each(["020 7946 0182", "+44 (0)20 7946 0182", "0044 20 7946 0182", "+442079460182", "7946 0182", "79460"])(
    "finds a phone number typed as %s",
    async (query) => {
      const scope = await given.scope(database);
      await given.contact(scope, { familyName: "Adebayo", phones: [{ value: "+442079460182", label: null }] });
      await given.contact(scope, { familyName: "Brandt", phones: [{ value: "+493023125801", label: null }] });
      expect(await namesOf(scope, query)).toEqual(["Adebayo"]);
    },
  );

  test("looks past apostrophes and past the punctuation around words", async () => {
    const scope = await given.scope(database);
    await given.contact(scope, { givenName: "Siobhán", familyName: "O’Connor", notes: "Goes by (Shiv)." });
    await given.contact(scope, { givenName: "Ayşe", familyName: "Adebayo" });
    await given.contact(scope, { kind: "business", company: "3M & Co" });
    await given.contact(scope, { givenName: "J.P.", familyName: "Müller-Lüdenscheidt" });
    await given.contact(scope, { familyName: "Chowdhury", emails: [{ value: "office.7@chow.example", label: null }] });
    const found = async (...queries: string[]) => {
      const names = await Promise.all(queries.map((query) => namesOf(scope, query)));
      return [...new Set(names.map((list) => list.join(" + ")))];
    };
    expect(
      await found(
        "O'Connor",
        "O’Connor",
        "oʼconnor",
        "o´connor",
        "oconnor",
        "connor",
        "“O'Connor, Siobhán”",
        "o'c",
        "sh",
      ),
    ).toEqual(["Siobhán O’Connor"]);
    expect(await found("Adebayo, Ayşe", "adebayo,", "(adebayo)", "“Ayşe”", "ad,", "<adebayo>")).toEqual([
      "Ayşe Adebayo",
    ]);
    expect(await found("3M & Co", "3m co", "&")).toEqual(["3M & Co"]);
    expect(
      await found("J.P.", "j.p", "J. Müller", "Müller-Lüdenscheidt", "müller‑lüdenscheidt", "Müller", "Lüdenscheidt"),
    ).toEqual(["J.P. Müller-Lüdenscheidt"]);
    expect(await found("office.7@", "@chow.example", "<office.7@chow.example>", "office.7@chow.example,")).toEqual([
      "Chowdhury",
    ]);
    expect(await found("office.8@", "--")).toEqual([""]);
  });

  test("finds the new text after an edit, and the old one no more", async () => {
    const scope = await given.scope(database);
    const { id, values } = await given.contact(scope, { givenName: "Ann", familyName: "Okafor" });
    await editContact(scope, id, { version: 1, values: { ...values, familyName: "Lindqvist" } });
    expect(await namesOf(scope, "lindq")).toEqual(["Ann Lindqvist"]);
    expect(await namesOf(scope, "okafor")).toEqual([]);
  });

  test("a transaction rolled back leaves nothing to find", async () => {
    const scope = await given.scope(database);
    const undone = inTransaction(scope, async (scope) => {
      await given.contact(scope, { familyName: "Chowdhury" });
      throw new Error("called off");
    });
    await expect(undone).rejects.toThrow("called off");
    expect(await searchIds(scope, parseSearch("chowdhury")!, 10)).toEqual([]);
  });

  test("does not find another account's contacts", async () => {
    const { scope, other } = await given.twoAccounts(database);
    await given.contact(other, { familyName: "Castellanos" });
    expect(await namesOf(scope, "castellanos")).toEqual([]);
    expect(await namesOf(other, "castellanos")).toEqual(["Castellanos"]);
  });

  test("a contact that is erased leaves the index, and VACUUM does not mix rows up", async () => {
    if (database !== "sqlite") return;
    const scope = await given.scope(database);
    const gone = await given.contact(scope, { familyName: "Delacroix" });
    await given.contact(scope, { familyName: "Baptiste" });
    await scope.db
      .deleteFrom("contacts")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", gone.id)
      .execute();
    await sql`vacuum`.execute(scope.database.unguarded);
    expect(await namesOf(scope, "delacroix")).toEqual([]);
    expect(await namesOf(scope, "baptiste")).toEqual(["Baptiste"]);
    const { rows } = await sql<{ count: number }>`select count(*) as count from contact_search_docsize`.execute(
      scope.database.unguarded,
    );
    const { rows: contacts } = await sql<{ count: number }>`select count(*) as count from contacts`.execute(
      scope.database.unguarded,
    );
    expect(rows[0]?.count).toBe(contacts[0]?.count);
  });
});

const piece = fc.constantFrom(
  ..."abcdeéßØłÆαβΓωя漢字山田ａ",
  "ann",
  "an",
  "o'brien",
  "o’",
  "(an",
  "ann,",
  "a@b",
  "‐",
  "&",
  "%",
  "_",
  "\\",
  '"',
  "'",
  "-",
  "*",
  "AND",
  "NEAR(",
  "👩‍👩‍👧",
  "😀",
  "e\u0301",
  " ",
  " ",
  "7",
  "020",
  "\uE000",
  "\uF8FE",
  "\uFFFF",
);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);

describe.each(databases)("the search index of %s", (database) => {
  test("finds exactly what the definition says, whatever is written and asked", async () => {
    const scope = await given.scope(database);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 4, maxLength: 12 }),
        fc.array(text, { minLength: 6, maxLength: 12 }),
        async (texts, queries) => {
          const contacts = texts.map(([name, notes]) => ({
            id: newId(),
            values: { ...nothingKnown, typedName: name.replaceAll("\0", ""), notes: notes.replaceAll("\0", "") },
          }));
          await inTransaction(scope, (scope) => writeNewContacts(scope, contacts));
          const all = await scope.db
            .selectFrom("contacts")
            .select(["id", "search"])
            .where("account_id", "=", scope.account.id)
            .execute();
          for (const { id, values } of contacts) {
            expect(all.find((row) => row.id === id)?.search).toBe(searchText(values));
          }
          // Pieces of the texts themselves, too, or most questions would find nothing.
          const asked = [
            ...queries,
            ...texts.map(([name]) => name.slice(1, 6)),
            ...texts.map(([, notes]) => notes.slice(2)),
          ];
          for (const query of asked) {
            const terms = parseSearch(query.replaceAll("\0", ""));
            if (!terms) continue;
            const expected = all.filter((row) => matches(row.search, terms)).map((row) => row.id);
            expect((await searchIds(scope, terms, 100_000)).sort()).toEqual(expected.sort());
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("whatever is shown is found as it is shown: any word of a text finds it", () => {
  fc.assert(
    fc.property(text, (name) => {
      const shown = { ...nothingKnown, typedName: name.slice(0, 60) };
      for (const part of (shown.typedName ?? "").split(/\s+/)) {
        const terms = parseSearch(part);
        // A number is looked for among phones.
        if (terms && !/^[\s\d+().\-/]+$/.test(part.normalize("NFKC"))) {
          expect(matches(searchText(shown), terms)).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("a list's address says all of it, and is read back the same", () => {
  const view = readView(
    new URLSearchParams(
      "q=ann&kind=estate&archived=yes&sort=changed&before=0190a1b2-0000-7000-8000-000000000001~50~2026-05-03T14:10:00.000Z",
    ),
  );
  expect(view).toMatchObject({ query: "ann", kind: "estate", archived: true, sort: "changed", order: "descending" });
  expect(view.cursor).toMatchObject({ direction: "previous", place: 50, key: "2026-05-03T14:10:00.000Z" });
  expect(readView(new URLSearchParams(viewQuery(view, { cursor: view.cursor })))).toEqual(view);
});

test.each([
  "after=x",
  "after=0190a1b2-0000-7000-8000-000000000001~-1~a",
  "after=0190a1b2-0000-7000-8000-000000000001~1~%00",
  "sort=created&after=0190a1b2-0000-7000-8000-000000000001~1~yesterday",
  "sort=name_key;drop&order=up&kind=person&tag=1",
])("what an address says that is no address of ours is left out: %s", (query) => {
  expect(readView(new URLSearchParams(query))).toMatchObject({ cursor: null, kind: null, tagId: null });
});
