/** A brake's question is asked with the contacts that the answer would concern. */
import { expect, test } from "vitest";
import { findConcerned } from "~/features/contacts/sourced/concerned.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import "~/features/contacts/tables";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { answered, connected, contactsOf, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const folasade = (n: number) => ({ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });

async function twelvePeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  // A file has said something of the first of them before.
  const emails = [{ value: "f.0@adebayo.example", label: null }];
  const first = await given.contact(scope, { givenName: "Folasade", familyName: "Adebayo 0", emails });
  const system = smallSystem();
  for (let n = 0; n < 12; n++) system.put("people", `p${n}`, { ...folasade(n), notes: `Client ${n}` });
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  return { scope, system, connectorId, first };
}

test.each(databases)("those whom nothing else stands for are counted and named, on %s", async (engine) => {
  const { scope, system, connectorId, first } = await twelvePeople(engine);
  expect(await contactsOf(scope)).toHaveLength(12);
  for (let n = 0; n < 6; n++) system.remove("people", `p${n}`);
  for (let n = 9; n < 12; n++) system.put("people", `p${n}`, folasade(n));
  await synced(scope, connectorId, system);
  const { firstArchived, firstBlanked, ...counts } = await findConcerned(scope, connectorId, 3);
  expect(counts).toEqual({ archived: 5, lessened: 1, capped: false });
  // Of very many only the first are looked at, and that is said.
  expect(await findConcerned(scope, connectorId, 3, 4)).toMatchObject({ archived: 3, lessened: 1, capped: true });
  expect(await findConcerned(scope, connectorId, 3, 6)).toMatchObject({ archived: 5, lessened: 1, capped: false });
  expect(firstArchived.map(({ name }) => name)).toEqual([1, 2, 3].map((n) => `Folasade Adebayo ${n}`));
  expect(firstArchived.map(({ id }) => id)).not.toContain(first.id);
  expect(firstBlanked.map(({ name }) => name)).toEqual([9, 10, 11].map((n) => `Folasade Adebayo ${n}`));
  // As many are archived by the answer as were told.
  await answered(scope, connectorId, system, "follow");
  expect((await contactsOf(scope)).filter(({ isArchived }) => isArchived)).toHaveLength(5);
  expect(await findConcerned(scope, connectorId, 3)).toMatchObject({ archived: 0, lessened: 0, firstArchived: [] });
});

test.each(databases)("somebody's note of whom nothing else is known keeps nobody, on %s", async (engine) => {
  const { scope, system, connectorId } = await twelvePeople(engine);
  const contacts = scope.db.selectFrom("contacts").select(["id", "name"]).where("account_id", "=", scope.account.id);
  const ids = new Map((await contacts.execute()).map(({ id, name }) => [name, id]));
  for (let n = 1; n < 5; n++) {
    const found = await findContact(scope, ids.get(`Folasade Adebayo ${n}`) ?? "");
    if (!found) throw new Error("The contact is gone");
    const values = { ...found.values, jobTitle: "Potter", notes: 'Says "company":"Brandt" of herself' };
    await editContact(scope, found.id, { version: found.version, values });
  }
  for (let n = 1; n < 7; n++) system.remove("people", `p${n}`);
  await synced(scope, connectorId, system);
  const { firstArchived, ...counts } = await findConcerned(scope, connectorId, 10);
  expect(counts).toMatchObject({ archived: 6, lessened: 0 });
  expect(firstArchived).toHaveLength(6);
  await answered(scope, connectorId, system, "follow");
  expect((await contactsOf(scope)).filter(({ isArchived }) => isArchived)).toHaveLength(6);
});
