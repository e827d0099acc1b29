import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const home = { label: null, street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };

async function housemates(scope: Scope, contactId: string) {
  const { members } = (await findContact(scope, contactId))!.household;
  return members.map(({ name, why }) => `${name}: ${why}`);
}

describe.each(databases)("a household on %s", (engine) => {
  test("is who shares address and family name, and whom one is married to", async () => {
    const scope = await given.scope(engine);
    const person = (givenName: string, familyName: string, street: string | null = "14 Kiln Row") =>
      given.contact(scope, { givenName, familyName, addresses: [{ ...home, street }] });
    const ann = await person("Ann", "Smith");
    const ben = await person("Ben", "Smíth", "14 KILN  Row");
    const cy = await person("Cy", "Hale", "9 Dell Lane");
    await person("Dora", "Smithson");
    await person("Eve", "Smith", null);
    await relate(scope, { fromId: ann.id, toId: cy.id, type: "married-to", until: null });
    expect(await housemates(scope, ann.id)).toEqual(["Ben Smíth: same-address", "Cy Hale: married"]);
    expect(await housemates(scope, ben.id)).toEqual(["Ann Smith: same-address"]);
    expect(await housemates(scope, cy.id)).toEqual(["Ann Smith: married"]);

    const { values, version } = (await findContact(scope, cy.id))!;
    await editContact(scope, cy.id, { version, values: { ...values, diedOn: "2026-01-01" } });
    expect(await housemates(scope, ann.id)).toEqual(["Ben Smíth: same-address"]);
    expect(await housemates(scope, cy.id)).toEqual([]);
    await archiveContact(scope, ben.id);
    expect(await housemates(scope, ann.id)).toEqual([]);
  });

  test("is corrected both ways, by whoever says so, and the last word counts", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Smith", addresses: [home] });
    const ben = await given.contact(scope, { givenName: "Ben", familyName: "Smith", addresses: [home] });
    const two = { contactId: ann.id, otherId: ben.id };
    expect(await correctHousehold(scope, { ...two, kind: "apart" })).toMatchObject({ ok: true });
    expect(await correctHousehold(scope, { ...two, kind: "apart" })).toEqual({ ok: true, changeSetId: null });
    expect(await housemates(scope, ben.id)).toEqual([]);
    const { parted } = (await findContact(scope, ben.id))!.household;
    expect(parted).toMatchObject([{ name: "Ann Smith", said: { by: scope.user?.name } }]);

    await correctHousehold(scope, { contactId: ben.id, otherId: ann.id, kind: "together" });
    expect(await housemates(scope, ann.id)).toEqual(["Ben Smith: said"]);

    const firm = await given.contact(scope, { kind: "business", company: "Brandt Holzbau GmbH" });
    const refused = (reason: string) => ({ ok: false, reason });
    expect(await correctHousehold(scope, { ...two, otherId: ann.id, kind: "apart" })).toEqual(refused("same-contact"));
    expect(await correctHousehold(scope, { ...two, otherId: firm.id, kind: "apart" })).toEqual(refused("not-a-person"));
    expect(await correctHousehold(other, { ...two, kind: "apart" })).toEqual(refused("not-found"));
  });
});
