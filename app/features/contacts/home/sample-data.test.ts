import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { readView } from "~/features/contacts/list/contact-list";
import { createContact } from "~/features/contacts/edit-contact.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { listSampleIds, loadSampleData } from "~/features/contacts/home/sample-data.server";
import { sampleContacts, sampleRelationships } from "~/features/contacts/home/sample-data";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const all = readView(new URLSearchParams());

test("every sample relationship is of contacts that there are", () => {
  const keys = new Set(sampleContacts.map(({ key }) => key));
  for (const { from, to } of sampleRelationships) expect([keys.has(from), keys.has(to)]).toEqual([true, true]);
});

describe.each(databases)("sample data on %s", (engine) => {
  test("fills an account that has nothing, and only once", async () => {
    const scope = await given.scope(engine);
    expect(await loadSampleData(scope)).toEqual({ ok: true, contacts: sampleContacts.length });
    expect((await listContacts(scope, all)).total).toBe(sampleContacts.length);
    expect(await listSampleIds(scope)).toHaveLength(sampleContacts.length);
    expect(await loadSampleData(scope)).toEqual({ ok: false, reason: "not-empty" });
  });

  test("is never mixed with contacts of one's own, in whatever account", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await createContact(scope, { ...nothingKnown, givenName: "Ann", familyName: "Okafor" });
    expect(await loadSampleData(scope)).toEqual({ ok: false, reason: "not-empty" });
    expect((await loadSampleData(other)).ok).toBe(true);
    expect(await listSampleIds(scope)).toEqual([]);
  });

  test("of two who load it at the same moment one does", async () => {
    const scope = await given.scope(engine);
    const loaded = await Promise.all([loadSampleData(scope), loadSampleData(scope)]);
    expect(loaded.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listSampleIds(scope)).toHaveLength(sampleContacts.length);
  });
});
