import { describe, expect, test } from "vitest";
import { countForHome, findAttention } from "~/features/contacts/home/attention.server";
import { birthdayWords } from "~/features/contacts/home/attention-words";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { createContact, editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
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
      await contact(scope, { givenName: "Miles", familyName: "Carver" }),
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

  test("nobody else's, and how many sample contacts are there", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await loadSampleData(scope);
    expect(await countForHome(scope)).toMatchObject({ sample: sampleContacts.length });
    expect(await countForHome(other)).toEqual({ all: 0, own: 0, sample: 0 });
    expect(await findAttention(other)).toEqual({ birthdays: [], estatesAlone: [] });
  });
});

test.each([
  ["2026-11-21", 68, "turns 68 today"],
  ["2026-11-22", null, "has a birthday tomorrow"],
  ["2026-11-24", 70, "turns 70 on 24 November 2026"],
])("a birthday on %s is told, by the age of %s, as: %s", (on, turns, words) => {
  expect(birthdayWords({ on, turns }, "2026-11-21", { timeZone: "UTC", locale: "en-GB" })).toBe(words);
});
