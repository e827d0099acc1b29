import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { nothingKnown } from "~/features/contacts/contact";
import { findAlike } from "~/features/contacts/form/find-alike.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const email = (value: string) => ({ emails: [{ value, label: null }] });
const phone = (value: string) => ({ phones: [{ value, label: null }] });

describe.each(databases)("a new contact on %s", (database) => {
  test("with the email of one that is there is like it, however it is written, archived or not", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Okafor", ...email("Ann@okafor.example") });
    await given.contact(other, { givenName: "Ann", familyName: "Okafor", ...email("ann@okafor.example") });
    const alike = { id: ann.id, name: "Ann Okafor", archived: false, shared: "email" };
    const wanted = { ...nothingKnown, familyName: "O", ...email("ann@OKAFOR.example") };
    expect(await findAlike(scope, wanted)).toEqual([alike]);
    await archiveContact(scope, ann.id);
    expect(await findAlike(scope, wanted)).toEqual([{ ...alike, archived: true }]);
    expect(await findAlike(scope, { ...wanted, ...email("änn@okafor.example") })).toEqual([]);
  });

  test("with the same name and the same phone is like it; with one of the two it is not", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, {
      givenName: "Siobhán",
      familyName: "O’Connor",
      ...phone("+442079460182"),
    });
    const wanted = { ...nothingKnown, typedName: "Siobhan O'Connor", ...phone("+442079460182") };
    expect(await findAlike(scope, wanted)).toMatchObject([{ id, shared: "name and phone" }]);
    expect(await findAlike(scope, { ...wanted, typedName: "Niamh O'Connor" })).toEqual([]);
    expect(await findAlike(scope, { ...wanted, phones: [] })).toEqual([]);
    expect(await findAlike(scope, { ...wanted, ...phone("+442079460999") })).toEqual([]);
  });

  test("with the same name and the same address is like it, however both are written; a town alone is none", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const address = {
      label: null,
      street: "Torstraße 12",
      city: "Berlin",
      region: null,
      postalCode: "10119",
      country: "DE",
    };
    const bruno = { givenName: "Bruno", familyName: "Keller" };
    const { id } = await given.contact(scope, { ...bruno, addresses: [address] });
    await given.contact(other, { ...bruno, addresses: [address] });
    const at = (changes: Partial<typeof address>) => ({
      ...nothingKnown,
      typedName: "bruno KELLER",
      addresses: [{ ...address, ...changes }],
    });
    const alike = { id, name: "Bruno Keller", archived: false, shared: "name and address" };
    expect(await findAlike(scope, at({ street: "torstrasse 12", country: null as never }))).toEqual([alike]);
    expect(await findAlike(scope, { ...at({}), typedName: "Greta Keller" })).toEqual([]);
    expect(await findAlike(scope, at({ street: "Torstraße 14" }))).toEqual([]);
    await given.contact(scope, { ...bruno, addresses: [{ ...address, street: null, postalCode: null }] });
    expect(await findAlike(scope, at({ street: null as never, postalCode: null as never }))).toEqual([]);
    // As near by phone as by address: once.
    const near = { ...at({}), ...phone("+4930901820") };
    expect(await findAlike(scope, near)).toEqual([alike]);
  });
});
