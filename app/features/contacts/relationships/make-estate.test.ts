import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { readView } from "~/features/contacts/list/contact-list";
import { makeEstate, type MakeEstateResult } from "~/features/contacts/relationships/make-estate.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const home = { label: null, street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };
const diedOn = "2026-02-11";

function estateOf(result: MakeEstateResult): string {
  if (!result.ok) throw new Error(result.reason);
  return result.estateId;
}

async function lettersTo(scope: Scope, contactId: string) {
  return findLetterAddress(scope, (await findContact(scope, contactId))!);
}

describe.each(databases)("an estate on %s", (engine) => {
  test("knows whose it is and since when, and its letters go to its executor", async () => {
    const scope = await given.scope(engine, "user");
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Smith", birthday: "1958-03-14" });
    const ben = await given.contact(scope, { typedName: "Mr Ben Smith", familyName: "Smith", addresses: [home] });
    const estateId = estateOf(await makeEstate(scope, ann.id, { diedOn, executor: { contactId: ben.id } }));

    expect((await findContact(scope, ann.id))?.values.diedOn).toBe(diedOn);
    expect(await findContact(scope, estateId)).toMatchObject({
      name: "Estate of Ann Smith",
      values: { kind: "estate" },
    });
    const related = (await listRelated(scope, estateId)).map(({ words, name, since }) => [words, name, since]);
    expect(related).toEqual([
      ["is the estate of", "Ann Smith", diedOn],
      ["has as executor", "Mr Ben Smith", diedOn],
    ]);
    expect(await lettersTo(scope, estateId)).toEqual({
      ok: true,
      address: home,
      lines: ["Estate of Ann Smith", "c/o Mr Ben Smith", "14 Kiln Row", "London", "E8 4QN"],
      careOf: { id: ben.id, name: "Mr Ben Smith" },
    });
    expect(await lettersTo(scope, ann.id)).toEqual({ ok: false, reason: "Ann Smith has died." });

    const reason = "It has no address, and of those who act for it Mr Ben Smith";
    await archiveContact(scope, ben.id);
    expect(await lettersTo(scope, estateId)).toEqual({ ok: false, reason: `${reason} is archived.` });
    await deleteContacts(scope, [ben.id]);
    expect(await lettersTo(scope, estateId)).toEqual({ ok: false, reason: `${reason} has been deleted.` });
    expect(await makeEstate(scope, ann.id, { diedOn: null, executor: null })).toEqual({
      ok: false,
      reason: "made-already",
    });
  });

  test("that was made by mistake and deleted can be made anew", async () => {
    const scope = await given.scope(engine);
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Smith" });
    const first = estateOf(await makeEstate(scope, ann.id, { diedOn, executor: null }));
    await deleteContacts(scope, [first]);
    expect(await makeEstate(scope, ann.id, { diedOn: null, executor: null })).toMatchObject({ ok: true });
  });

  test("is made while its executor is edited, and neither waits for the other for ever", async () => {
    const scope = await given.scope(engine);
    for (let round = 0; round < 5; round++) {
      const ann = await given.contact(scope, { givenName: "Ann", familyName: "Smith" });
      const ben = await given.contact(scope, { givenName: "Ben", familyName: "Smith" });
      const { version, values } = (await findContact(scope, ben.id))!;
      const [made, edited] = await Promise.all([
        makeEstate(scope, ann.id, { diedOn, executor: { contactId: ben.id } }),
        editContact(scope, ben.id, { version, values: { ...values, jobTitle: "Notary" } }),
      ]);
      expect([made.ok, edited.ok]).toEqual([true, true]);
    }
  });

  test("makes a new contact of an executor who is only a name, and none where nobody is known yet", async () => {
    const scope = await given.scope(engine);
    const [ann, cy] = [
      await given.contact(scope, { familyName: "Smith" }),
      await given.contact(scope, { familyName: "Hale" }),
    ];
    estateOf(await makeEstate(scope, ann.id, { diedOn, executor: { name: " Mr  Ben Okafor " } }));
    const { contacts } = await listContacts(scope, readView(new URLSearchParams("q=okafor")));
    const ben = await findContact(scope, contacts[0]!.id);
    expect(ben?.values).toMatchObject({ typedName: "Mr Ben Okafor", givenName: "Ben", familyName: "Okafor" });
    const alone = estateOf(await makeEstate(scope, cy.id, { diedOn, executor: null }));
    expect(await listRelated(scope, alone)).toHaveLength(1);
  });

  test("whose executor is an estate is written to at that one's executor; a loop of them ends", async () => {
    const scope = await given.scope(engine);
    const ids = [];
    for (const familyName of ["Smith", "Hale"]) {
      const { id } = await given.contact(scope, { familyName });
      ids.push(estateOf(await makeEstate(scope, id, { diedOn, executor: null })));
    }
    const [first = "", second = ""] = ids;
    await relate(scope, { fromId: second, toId: first, type: "executor-of" });
    // The command refuses the way round; what came in otherwise is cut by the search for the address.
    await scope.db
      .insertInto("relationships")
      .values({
        ...{ account_id: scope.account.id, id: first, from_contact_id: first, to_contact_id: second },
        ...{
          type: "executor-of",
          since: null,
          until: null,
          note: null,
          created_at: scope.clock.now(),
          created_by: null,
        },
      })
      .execute();
    expect(await lettersTo(scope, first)).toMatchObject({ ok: false });
    const ben = await given.contact(scope, { givenName: "Ben", familyName: "Okafor", addresses: [home] });
    await relate(scope, { fromId: ben.id, toId: second, type: "executor-of" });
    expect(await lettersTo(scope, first)).toMatchObject({ ok: true, careOf: { name: "Ben Okafor" } });
  });

  test("is refused for a company, without a date, with oneself as executor, and to another account; then nothing is written", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const firm = await given.contact(scope, { kind: "business", company: "Brandt Holzbau GmbH" });
    const ann = await given.contact(scope, { familyName: "Smith" });
    const refused = (reason: string) => ({ ok: false, reason });
    expect(await makeEstate(scope, firm.id, { diedOn, executor: null })).toEqual(refused("not-a-person"));
    expect(await makeEstate(scope, ann.id, { diedOn: null, executor: null })).toEqual(refused("no-date"));
    const own = { contactId: ann.id };
    expect(await makeEstate(scope, ann.id, { diedOn, executor: own })).toEqual(refused("own-executor"));
    expect(await makeEstate(other, ann.id, { diedOn, executor: null })).toEqual(refused("not-found"));
    expect((await findContact(scope, ann.id))?.values.diedOn).toBeNull();
  });
});
