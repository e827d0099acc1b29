import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { type ContactListView, readView, viewQuery } from "~/features/contacts/list/contact-list";
import { hitRanges, phoneHitRanges } from "~/features/contacts/search/hit-ranges.server";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { type ContactPage } from "~/features/contacts/list/list-page.server";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { listTags } from "~/features/contacts/tags.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { findNeighbours } from "~/features/contacts/list/neighbours.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const viewOf = (query: string) => readView(new URLSearchParams(query));
const follow = (view: ContactListView, cursor: ContactPage["next"]) =>
  readView(new URLSearchParams(viewQuery(view, { cursor })));

/** Many contacts at once, as an import writes them. */
async function givenMany(scope: Scope, count: number, valuesAt: (place: number) => Partial<typeof nothingKnown>) {
  for (let from = 0; from < count; from += 500) {
    const contacts = Array.from({ length: Math.min(500, count - from) }, (_, index) => ({
      id: newId(),
      values: { ...nothingKnown, ...valuesAt(from + index) },
    }));
    await inTransaction(scope, (scope) => writeNewContacts(scope, contacts));
  }
}

async function walkAll(scope: Scope, view: ContactListView): Promise<ContactPage[]> {
  const pages = [await listContacts(scope, view)];
  for (let page = pages[0]; page?.next; page = pages.at(-1)) {
    pages.push(await listContacts(scope, follow(view, page.next)));
    if (pages.length > 20) throw new Error("The pages have no end");
  }
  return pages;
}

/** Who stands beside somebody in a list of many: its index is walked, and the place counted from its page's. */
async function stepsThroughMany(scope: Scope) {
  const second = follow(viewOf("q=adebayo"), (await listContacts(scope, viewOf("q=adebayo"))).next);
  for (const view of [viewOf("kind=individual&sort=created"), viewOf("q=adebayo"), viewOf(""), second]) {
    const { contacts, from } = await listContacts(scope, view);
    for (const place of [1, 25, 48]) {
      const beside = await findNeighbours(scope, view, contacts[place]!.id);
      expect(beside).toMatchObject({ place: from + place, total: 10_000, capped: true });
      expect(beside).toMatchObject({
        previous: { id: contacts[place - 1]!.id },
        next: { id: contacts[place + 1]!.id },
      });
    }
    // The list to come back to turns its page with them.
    const { next } = (await findNeighbours(scope, view, contacts[49]!.id))!;
    expect((await listContacts(scope, next!.view)).contacts[0]?.id).toBe(next!.id);
  }
  // It has changed, and is in the list no more: beside it are those of its place.
  const estate = (await listContacts(scope, viewOf("kind=estate"))).contacts[0]!.id;
  const left = await findNeighbours(scope, viewOf("kind=individual"), estate);
  expect(left).toMatchObject({ place: null, previous: null, next: { name: "Adebayo 19952" } });
}

describe.each(databases)("a list of contacts on %s", (database) => {
  test.each([
    "",
    "sort=company",
    "sort=company&order=descending",
    "sort=email",
    "sort=created",
    "sort=changed",
    "q=row",
    "kind=business",
    "q=row&sort=company&kind=individual",
  ])("is read page by page, forwards and back, each contact once: ?%s", async (query) => {
    const scope = await given.scope(database);
    const companies = ["Brandt Holzbau GmbH", "Adebayo Ceramics", null];
    await givenMany(scope, 123, (place) => ({
      kind: place % 3 === 0 ? "business" : "individual",
      familyName: ["Adebayo", "Zhang", "Ødegård"][place % 3] ?? null,
      givenName: `Row ${place % 7}`,
      company: companies[place % 3] ?? null,
    }));
    const view = viewOf(query);
    const pages = await walkAll(scope, view);
    const ids = pages.flatMap((page) => page.contacts.map((contact) => contact.id));
    const [first] = pages;
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(first?.total ?? -1);
    expect(pages.map((page) => page.from)).toEqual(pages.map((_, index) => index * 50 + 1));
    expect(pages.at(-1)?.to).toBe(ids.length);

    // And back from the last to the first.
    for (let at = pages.length - 1; at > 0; at--) {
      const previous = await listContacts(scope, follow(view, pages[at]!.previous));
      expect(previous.contacts).toEqual(pages[at - 1]!.contacts);
      expect(previous.from).toBe(pages[at - 1]!.from);
      expect(previous.next).toEqual(pages[at - 1]!.next);
    }
    expect(first?.previous).toBeNull();
  });

  test("is sorted as people sort: without regard to marks and case, empty values last", async () => {
    const scope = await given.scope(database);
    for (const familyName of ["Östlund", "zimmer", "Adebayo", "ødegård", "Łukasik"]) {
      await given.contact(scope, { familyName, company: familyName === "zimmer" ? null : `${familyName} AB` });
    }
    const names = async (query: string) => (await listContacts(scope, viewOf(query))).contacts.map((row) => row.name);
    expect(await names("")).toEqual(["Adebayo", "Łukasik", "ødegård", "Östlund", "zimmer"]);
    expect((await names("sort=company")).at(-1)).toBe("zimmer");
    expect(await names("order=descending")).toEqual(["zimmer", "Östlund", "ødegård", "Łukasik", "Adebayo"]);
  });

  test("is narrowed by tag, alone and with words", async () => {
    const scope = await given.scope(database);
    await given.contact(scope, { familyName: "Adebayo", tags: ["Client", "newsletter"] });
    await given.contact(scope, { familyName: "Brandt", tags: ["client"] });
    await given.contact(scope, { familyName: "Chowdhury", tags: [] });
    const tags = await listTags(scope);
    expect(tags.map((tag) => tag.name)).toEqual(["Client", "newsletter"]);
    const tagId = tags[0]!.id;
    const names = async (query: string) =>
      (await listContacts(scope, viewOf(`tag=${tagId}&${query}`))).contacts.map((row) => row.name);
    expect(await names("")).toEqual(["Adebayo", "Brandt"]);
    expect(await names("q=brandt")).toEqual(["Brandt"]);
    expect(await names("q=chow")).toEqual([]);
    expect((await listChoices(scope, viewOf(`tag=${tagId}`))).counts).toEqual({ tag: 2 });
  });

  test("stops counting at 10,000, and a search with more hits walks the sort instead of sorting a part", async () => {
    const scope = await given.scope(database);
    await givenMany(scope, 10_050, (place) => ({
      familyName: `Adebayo ${30_000 - place}`,
      kind: place === 10_049 ? "estate" : "individual",
      tags: place % 2 === 0 ? ["client"] : [],
    }));
    // As the database does by itself within a minute.
    await sql`analyze`.execute(scope.database.unguarded);
    const [tag] = await listTags(scope);
    for (const query of ["", "q=adebayo"]) {
      const page = await listContacts(scope, viewOf(query));
      expect(page).toMatchObject({ total: 10_000, capped: true, from: 1, to: 50 });
      // The last one written has the lowest name: a sample of the first 10,001 hits would have missed it.
      expect(page.contacts[0]?.name).toBe("Adebayo 19951");
    }
    expect(await listContacts(scope, viewOf("q=adebayo&kind=estate"))).toMatchObject({ total: 1, capped: false });
    const tagged = await listContacts(scope, viewOf(`q=adebayo&tag=${tag!.id}`));
    expect(tagged).toMatchObject({ total: 5_025, capped: false });
    expect((await listContacts(scope, viewOf(`tag=${tag!.id}`), { tag: 10_001 })).total).toBe(5_025);
    await stepsThroughMany(scope);
    // What happened to these words is what the index is asked last: a rare word among many hits.
    expect(await listContacts(scope, viewOf("q=adebayo 19951"))).toMatchObject({ total: 1 });
  }, 120_000);

  test("takes four statements at the most, what there is to choose from included", async () => {
    const scope = await given.scope(database);
    await given.contact(scope, { familyName: "Adebayo", tags: ["client"] });
    const tagId = (await listTags(scope))[0]!.id;
    for (const query of ["", "q=adeb", `tag=${tagId}`, `q=a&tag=${tagId}&kind=individual&sort=created`]) {
      let statements = 0;
      const counted = { ...scope, db: countingHandle(scope.db, () => void statements++) };
      const { counts } = await listChoices(counted, viewOf(query));
      await listContacts(counted, viewOf(query), counts);
      expect(statements).toBeLessThanOrEqual(4);
    }
  });
});

describe("a hit", () => {
  const hit = (text: string, words: string[], isName = false) =>
    hitRanges(text, words, { isName }).map(([start, end]) => text.slice(start, end));

  test.each([
    ["Wiśniewska, Łucja", ["lucja", "wisn"], ["Łucja", "Wiśn"]],
    ["Straße 12", ["strasse"], ["Straße"]],
    ["Ines\u0301 Castellanos", ["ines"], ["Ines\u0301"]],
    ["Johanna Ann", ["an"], ["An"]],
    ["Johanna Ann", ["ann"], ["ann", "Ann"]],
    ["Adebayo", ["z"], []],
    ["O’Connor, Siobhán", ["oconnor", "siobhan"], ["O’Connor", "Siobhán"]],
    ["Siobhán O'Connor", ["connor"], ["Connor"]],
    ["Brandt (An)", ["an"], ["An"]],
    ["Müller‑Lüdenscheidt", ["muller-lud"], ["Müller‑Lüd"]],
  ])("in %s of %j is %j", (text, words, expected) => {
    expect(hit(text, words)).toEqual(expected);
  });

  test("of one character is marked in names only, of a phone by its digits", () => {
    expect(hit("Okafor, Ann", ["o"], true)).toEqual(["O"]);
    expect(hit("O’Connor, “Oona”", ["o"], true)).toEqual(["O", "O"]);
    expect(hit("Okafor Ltd", ["o"])).toEqual([]);
    const shown = "+44 20 7946 0182";
    expect(phoneHitRanges(shown, ["2079460182"]).map(([start, end]) => shown.slice(start, end))).toEqual([
      "20 7946 0182",
    ]);
  });
});
