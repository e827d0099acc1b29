/** Lists of contacts by the fields of an account's own: columns, filters, sort, search, and what they cost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type CustomFieldType, customFieldTypes } from "~/features/contacts/custom/custom-field";
import { wholeList } from "~/features/contacts/export/whole-list.server";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { chipsOf } from "~/features/contacts/list/list-chips";
import { listContacts, listIds } from "~/features/contacts/list/list-contacts.server";
import { findNeighbours } from "~/features/contacts/list/neighbours.server";
import { contactListPdf } from "~/features/contacts/print/list-pdf.server";
import { type Scope } from "~/platform/scope.server";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { saidNext, saidOnce, sixFields, type SixIds, valuesOfSix } from "~/testing/six-fields";

const viewOf = (query: string) => readView(new URLSearchParams(query));
const paramOf = (ids: SixIds, type: CustomFieldType, part = "") => `custom:${ids[type]}${part && `-${part}`}`;

async function world(database: (typeof databases)[number]) {
  const { scope, other } = await given.twoAccounts(database);
  const ids = await sixFields(scope);
  const contact = (familyName: string, said: Parameters<typeof valuesOfSix>[1]) =>
    given.contact(scope, { familyName, ...valuesOfSix(ids, said) });
  const people = {
    ann: await contact("Okafor", saidOnce),
    ben: await contact("Brandt", saidNext),
    cleo: await contact("Carver", { number: "300", text: "Größe 12", date: "1999-12-31" }),
    dan: await contact("Dunne", {}),
  };
  const found = async (query: string, as: Scope = scope) =>
    (await listContacts(as, viewOf(query))).contacts.map(({ name }) => name);
  return { scope, other, ids, people, found };
}

describe.each(databases)("a list by fields of one's own on %s", (database) => {
  test("is narrowed by each type in its own way, and by what is empty", async () => {
    const { scope, other, ids, found } = await world(database);
    const asked: [CustomFieldType, string, string, string[]][] = [
      ["text", "", "m-00", ["Brandt", "Okafor"]],
      ["text", "", '"m-0042"', ["Okafor"]],
      ["text", "", '"m-00"', []],
      ["text", "", "GROSSE", ["Carver"]],
      ["number", "from", "-20", ["Brandt", "Carver", "Okafor"]],
      ["number", "from", "-19.5", ["Carver", "Okafor"]],
      ["number", "to", "300", ["Brandt", "Carver"]],
      ["date", "from", "2026-03-14", ["Brandt", "Okafor"]],
      ["date", "to", "2026-03-14", ["Carver", "Okafor"]],
      ["choice", "is", "Gold", ["Okafor"]],
      ["yes-no", "is", "no", ["Brandt"]],
      ["link", "", "okafor.example/a", ["Brandt", "Okafor"]],
      ["choice", "has", "yes", ["Brandt", "Okafor"]],
      ["choice", "has", "no", ["Carver", "Dunne"]],
      ["number", "has", "no", ["Dunne"]],
    ];
    for (const [type, part, value, names] of asked) {
      const query = new URLSearchParams({ [paramOf(ids, type, part)]: value }).toString();
      expect([type, part, value, await found(query)]).toEqual([type, part, value, names]);
      expect(await listIds(scope, viewOf(query), 100)).toHaveLength(names.length);
      expect(await found(query, other)).toEqual([]);
    }
    const several = new URLSearchParams({
      [paramOf(ids, "number", "from")]: "0",
      [paramOf(ids, "number", "to")]: "2000",
      [paramOf(ids, "choice", "has")]: "no",
      q: "carv",
    });
    expect(await found(several.toString())).toEqual(["Carver"]);
    expect(await found(`${paramOf(ids, "text")}=m-00&kind=individual&${paramOf(ids, "yes-no", "is")}=yes`)).toEqual([
      "Okafor",
    ]);
  });

  test("is sorted by each type as it means it, those without a value last, and the other way round", async () => {
    const { scope, ids, people, found } = await world(database);
    const orders: Record<CustomFieldType, string[]> = {
      text: ["Carver", "Okafor", "Brandt", "Dunne"],
      number: ["Brandt", "Carver", "Okafor", "Dunne"],
      date: ["Carver", "Okafor", "Brandt", "Dunne"],
      choice: ["Okafor", "Brandt"],
      "yes-no": ["Brandt", "Okafor"],
      link: ["Brandt", "Okafor"],
    };
    for (const type of customFieldTypes) {
      const sort = `sort=${paramOf(ids, type)}`;
      const names = await found(sort);
      expect([type, names.slice(0, orders[type].length)]).toEqual([type, orders[type]]);
      expect(await found(`${sort}&order=descending`)).toEqual([...names].reverse());
      expect(await found(`${sort}&q=okafor`)).toContain("Okafor");
      const whole = await wholeList(scope, viewOf(sort));
      const listed: string[] = [];
      for await (const rows of whole.pages) listed.push(...rows.map(({ name }) => name));
      expect(listed).toEqual(names);
      // Longer lists are walked.
      const walked: string[] = [];
      for await (const rows of (await wholeList(scope, viewOf(sort), { few: 1 })).pages)
        walked.push(...rows.map(({ name }) => name));
      expect(walked).toEqual(names);
    }
    const neighbours = await findNeighbours(scope, viewOf(`sort=${paramOf(ids, "number")}`), people.cleo.id);
    expect(neighbours).toMatchObject({ previous: { name: "Brandt" }, next: { name: "Okafor" } });
  });

  test("goes from page to page in its order and loses nobody", async () => {
    const scope = await given.scope(database);
    const { key } = await given.field(scope, { name: "Points", type: "number" });
    const sizes = Array.from({ length: 60 }, (_, place) => ((place * 37) % 60) - 30);
    for (const size of sizes) {
      await given.contact(scope, { familyName: `Row ${size}`, ...(size % 3 === 0 ? {} : { [key]: String(size / 4) }) });
    }
    const view = viewOf(`sort=${key}`);
    const first = await listContacts(scope, view);
    const second = await listContacts(scope, viewOf(viewQuery(view, { cursor: first.next }).slice(1)));
    const seen = [...first.contacts, ...second.contacts];
    const valued = seen.flatMap(({ own }) => Object.values(own).map(Number));
    expect(valued).toEqual([...valued].sort((a, b) => a - b));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(60);
    const back = await listContacts(scope, viewOf(viewQuery(view, { cursor: second.previous }).slice(1)));
    expect(back.contacts.map(({ id }) => id)).toEqual(first.contacts.map(({ id }) => id));
  });

  test("shows them as columns, in words and on paper; what is archived has its own list", async () => {
    const { scope, ids, people, found } = await world(database);
    const columns = `columns=${customFieldTypes.map((type) => paramOf(ids, type)).join(",")}`;
    const { contacts } = await listContacts(scope, viewOf(`${columns}&q=okaf`));
    expect(contacts.find(({ name }) => name === "Okafor")?.own).toEqual(
      Object.fromEntries(customFieldTypes.map((type) => [ids[type], saidOnce[type]])),
    );
    let bytes = 0;
    for await (const chunk of await contactListPdf(scope, viewOf(`${columns}&sort=${paramOf(ids, "date")}`))) {
      bytes += chunk.length;
    }
    expect(bytes).toBeGreaterThan(1000);
    const view = viewOf(`${paramOf(ids, "number", "from")}=10&${paramOf(ids, "choice", "is")}=Gold`);
    const chips = chipsOf(view, "/a/contacts", {
      tags: [],
      members: [],
      locale: "de-DE",
      fields: await customFields(scope),
    });
    expect(chips.map(({ label }) => label).sort()).toEqual(["Tier: Gold", "Yearly fee: from 10"]);
    expect(chips.map(({ removeHref }) => [...new URL(removeHref, "http://x").searchParams.keys()].length)).toEqual([
      1, 1,
    ]);
    await archiveContact(scope, people.ann.id);
    expect(await found(`${paramOf(ids, "choice", "is")}=Gold`)).toEqual([]);
    expect(await found(`${paramOf(ids, "choice", "is")}=Gold&archived=yes`)).toEqual(["Okafor"]);
    expect(await found(`archived=yes&sort=${paramOf(ids, "number")}`)).toEqual(["Okafor"]);
  });

  test("finds words of texts, choices and links, and follows an edit", async () => {
    const { scope, ids, people, found } = await world(database);
    expect(await found("q=m-0042")).toEqual(["Okafor"]);
    expect(await found("q=gold")).toEqual(["Okafor"]);
    expect(await found("q=example/about")).toEqual(["Brandt"]);
    expect(await found("q=grosse")).toEqual(["Carver"]);
    expect(await found("q=1234")).toEqual([]);
    const { values } = people.ann;
    await editContact(scope, people.ann.id, {
      version: 1,
      values: { ...values, ...valuesOfSix(ids, { choice: "Bronze" }) },
    });
    expect(await found("q=gold")).toEqual([]);
    expect(await found(`q=bronze&${paramOf(ids, "choice", "is")}=Bronze`)).toEqual(["Okafor"]);
  });

  test("costs an account without such fields no statement more, and one with them one", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const counted = async (of: Scope, what: (scope: Scope) => Promise<unknown>) => {
      let count = 0;
      // As each request has its own.
      await what({
        ...of,
        account: { ...of.account, hasCustomFields: of === scope },
        db: countingHandle(of.db, () => count++),
      });
      return count;
    };
    await given.field(scope);
    const [ours, theirs] = [await given.contact(scope), await given.contact(other)];
    const pages: ((id: string) => (scope: Scope) => Promise<unknown>)[] = [
      (id) => (scope) => findContact(scope, id),
      () => async (scope) => [await listContacts(scope, viewOf("")), await customFields(scope)],
    ];
    for (const page of pages) {
      const without = await counted(other, page(theirs.id));
      expect(without).toBe(1);
      expect(await counted(scope, page(ours.id))).toBe(without + 1);
    }
  });
});

test("an address keeps what it says of fields of one's own, and leaves out what it does not understand", () => {
  const id = "01920000-0000-7000-8000-000000000001";
  const names = ["", "-is", "-from", "-to", "-has", "-or"].map((part) => `custom:${id}${part}`);
  const value = fc.oneof(
    fc.constantFrom("yes", "no", "12.50", "-3", "1e5", "2026-05-04", "2026-02-30", "", " ", "\ud800"),
    fc.string(),
  );
  const param = fc.tuple(
    fc.constantFrom(...names, "sort", "columns", "custom:x", "custom:"),
    fc.oneof(value, fc.constant(`custom:${id}`)),
  );
  fc.assert(
    fc.property(fc.array(param, { maxLength: 8 }), (params) => {
      const view = readView(new URLSearchParams(params));
      expect(viewOf(viewQuery(view).slice(1))).toEqual(view);
    }),
  );
  expect(viewOf(`custom:${id}-from=007.50`).own).toEqual({ [`custom:${id}`]: { from: "7.5" } });
  expect(viewOf(`custom:${id}-from=ten&custom:${id}-has=maybe`).own).toEqual({});
});
