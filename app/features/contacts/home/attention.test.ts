import { describe, expect, test } from "vitest";
import { countForHome, findAttention } from "~/features/contacts/home/attention.server";
import { birthdayWords, contactToDos } from "~/features/contacts/home/attention-words";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { createContact, editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { loadSampleData } from "~/features/contacts/home/sample-data.server";
import { sampleContacts } from "~/features/contacts/home/sample-data";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

async function contact(scope: Scope, values: Partial<ContactValues>): Promise<string> {
  const made = await createContact(scope, { ...nothingKnown, ...values });
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

const home = { label: null, street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };

const born = (givenName: string, birthday: string, more: Partial<ContactValues> = {}) => ({
  givenName,
  familyName: "Hale",
  birthday,
  ...more,
});

describe.each(databases)("what asks for something today, on %s", (engine) => {
  test("birthdays of the week ahead, the next first, over the end of the year, of the living and not put aside", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-12-29T12:00:00.000Z") });
    await contact(scope, born("Daniel", "1984-01-02"));
    await contact(scope, born("Margaret", "--12-31"));
    await contact(scope, born("Walter", "1950-12-29"));
    await contact(scope, born("Late", "1950-01-05"));
    await contact(scope, born("Rosalind", "1938-12-30", { diedOn: "2026-02-11" }));
    await archiveContact(scope, await contact(scope, born("Maud", "1938-12-30")));
    const { birthdays } = await findAttention(scope);
    expect(birthdays.map(({ name, on, turns }) => [name, on, turns])).toEqual([
      ["Walter Hale", "2026-12-29", 76],
      ["Margaret Hale", "2026-12-31", null],
      ["Daniel Hale", "2027-01-02", 43],
    ]);
  });

  test("estates of which nobody is executor or attorney any more", async () => {
    const scope = await given.scope(engine);
    const [miles, cared, alone] = [
      await contact(scope, { givenName: "Miles", familyName: "Carver", addresses: [home] }),
      await contact(scope, { kind: "estate", typedName: "Estate of Rosalind Carver" }),
      await contact(scope, { kind: "estate", typedName: "Estate of Arthur Hale" }),
    ];
    await relate(scope, { fromId: miles, toId: cared, type: "executor-of" });
    await relate(scope, { fromId: miles, toId: alone, type: "heir-of" });
    expect((await findAttention(scope)).estatesAlone).toEqual([{ id: alone, name: "Estate of Arthur Hale" }]);
    // Nor of whom the one who was has died.
    const { version, values } = (await findContact(scope, miles))!;
    await editContact(scope, miles, { version, values: { ...values, diedOn: "2026-02-11" } });
    expect((await findAttention(scope)).estatesAlone.map(({ id }) => id).sort()).toEqual([cared, alone].sort());
  });

  test("estates that have no address, as has nobody who may be written to for them", async () => {
    const scope = await given.scope(engine);
    const estate = (name: string, more: Partial<ContactValues> = {}) =>
      contact(scope, { kind: "estate", typedName: `Estate of ${name}`, ...more });
    const ben = await contact(scope, { givenName: "Ben", familyName: "Hale" });
    const [unknown, own, handedOn] = [
      await estate("Ann Hale"),
      await estate("Cy Hale", { addresses: [home] }),
      await estate("Dora Hale"),
    ];
    await relate(scope, { fromId: ben, toId: unknown, type: "executor-of" });
    await relate(scope, { fromId: ben, toId: own, type: "executor-of" });
    await relate(scope, { fromId: own, toId: handedOn, type: "executor-of" });
    const alone = async () => (await findAttention(scope)).estatesAlone.map(({ name }) => name);
    expect(await alone()).toEqual(["Estate of Ann Hale"]);
    const { version, values } = (await findContact(scope, ben))!;
    await editContact(scope, ben, { version, values: { ...values, addresses: [home] } });
    expect(await alone()).toEqual([]);
    await markDoNotContact(scope, ben, { channels: ["letter"], reason: null });
    expect(await alone()).toEqual(["Estate of Ann Hale"]);
  });

  test("four of each, and that there are more", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-11-21T12:00:00.000Z") });
    for (const name of ["Ann", "Ben", "Cy", "Dora", "Elodie"]) {
      await contact(scope, { kind: "estate", typedName: `Estate of ${name} Hale` });
      await contact(scope, born(name, "1958-11-24"));
    }
    const attention = await findAttention(scope);
    expect([attention.estatesAlone.length, attention.birthdays.length]).toEqual([4, 4]);
    const toDos = contactToDos(attention, "2026-11-21", scope.place);
    expect(toDos.filter(({ key }) => key.startsWith("more")).map(({ who, href }) => [who, href])).toEqual([
      ["More estates", "contacts?kind=estate"],
      ["More people", null],
    ]);
  });

  test("nobody else's, and how many sample contacts are there", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await loadSampleData(scope);
    expect(await countForHome(scope)).toMatchObject({ sample: sampleContacts.length });
    expect(await countForHome(other)).toEqual({ all: 0, own: 0, sample: 0 });
    expect(await findAttention(other)).toMatchObject({ birthdays: [], estatesAlone: [] });
  });
});

test.each([
  ["2026-11-21", 68, "turns 68 today"],
  ["2026-11-22", null, "has a birthday tomorrow"],
  ["2026-11-24", 70, "turns 70 on 24 November 2026"],
])("a birthday on %s is told, by the age of %s, as: %s", (on, turns, words) => {
  expect(birthdayWords({ on, turns }, "2026-11-21", { timeZone: "UTC", locale: "en-GB" })).toBe(words);
});
