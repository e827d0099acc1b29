/** Fields of an account's own, set and emptied for many contacts at once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { askForBulk, findBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { nothingTyped } from "~/features/contacts/bulk/bulk-typed";
import { bulkWords } from "~/features/contacts/bulk/bulk-words";
import { readBulkForm } from "~/features/contacts/bulk/read-bulk-form";
import { type CustomFieldType, customFieldTypes, inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { readView } from "~/features/contacts/list/contact-list";
import { listIds } from "~/features/contacts/list/list-contacts.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { type DialectName } from "~/platform/db/database.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { bulk, rowsOf, undo } from "~/testing/given-bulk";
import {
  saidNext,
  saidOnce,
  shownOnce,
  sixFields,
  type SixIds,
  sixNames,
  typedOnce,
  valuesOfSix,
} from "~/testing/six-fields";

async function firm(engine: DialectName) {
  const clock = testClock();
  const ticking = { now: () => (clock.advance(1), clock.now()) };
  const installation = await given.installation(engine, { clock: ticking });
  const account = await given.account(installation);
  const scope = await given.member(installation, account, "user");
  const colleague = await given.member(installation, account, "user");
  return { scope, colleague, ids: await sixFields(scope) };
}

async function fileRecord(scope: Scope, contactId: string, said: object) {
  const data = JSON.stringify(said);
  await scope.db
    .insertInto("contact_records")
    .values({
      ...{ account_id: scope.account.id, id: newId(), contact_id: contactId, source: "file" as const },
      ...{ run_id: null, raw_record_id: null, data, hash: data, created_by: null },
      ...{ observed_at: "2026-05-01T09:00:00.000Z" },
    })
    .execute();
  await serveContacts(scope, [contactId]);
}

const set = (ids: SixIds, type: CustomFieldType, value: string | null): BulkChange => ({
  ...{ what: "field", field: `custom:${ids[type]}`, value },
});

const typeAndValue = fc
  .constantFrom(...customFieldTypes)
  .chain((type) => fc.tuple(fc.constant(type), fc.constantFrom(saidOnce[type], saidNext[type], null)));

async function read(scope: Scope, ids: SixIds, type: CustomFieldType, text: string) {
  const fields = inUse(await customFields(scope));
  const place = { country: "GB", locale: "en-GB" };
  const typed = { ...nothingTyped, what: `custom:${ids[type]}`, custom: { [ids[type]]: text } };
  return readBulkForm(typed, { members: null, zoneNamed: () => null, fields, place });
}

describe.each(databases)("fields of one's own, for many at once, on %s", (engine) => {
  test("are set and emptied as the numbers said, and undone as if they had never been", async () => {
    const { scope, ids } = await firm(engine);
    const ann = await given.contact(scope, { familyName: "Okafor", ...valuesOfSix(ids, saidOnce) });
    const filed = await given.contact(scope, { familyName: "Hale" });
    const bare = await given.contact(scope, { company: "Weiß Möbel GmbH" });
    await fileRecord(scope, filed.id, { company: "Hale & Partners", ...valuesOfSix(ids, saidNext) });
    const chosen = { ids: [ann.id, filed.id, bare.id] };
    await fc.assert(
      fc.asyncProperty(fc.array(typeAndValue, { minLength: 1, maxLength: 4 }), async (changes) => {
        const before = await rowsOf(scope);
        const sets: string[] = [];
        for (const [type, value] of changes) {
          const said = async (id: string) => (await findContact(scope, id))?.values[`custom:${ids[type]}`] ?? null;
          const others = (await Promise.all(chosen.ids.map(said))).filter((is) => is !== value).length;
          const { asked, done, changeSetId } = await bulk(scope, chosen, set(ids, type, value));
          expect(asked).toMatchObject({ total: 3, toChange: others, same: 3 - others, refused: 0 });
          expect(done).toMatchObject({ state: "done", changed: others, conflicts: 0, gone: 0 });
          for (const id of chosen.ids) expect(await said(id)).toBe(value);
          if (others > 0) sets.push(changeSetId);
        }
        for (const id of sets.reverse()) expect(await undo(scope, id)).toMatchObject({ ok: true, leftAlone: [] });
        expect(await rowsOf(scope)).toEqual(before);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  test("are pinned as on the form, so that no import takes them back, told in the history, and found by the list", async () => {
    const { scope, ids } = await firm(engine);
    const { id } = await given.contact(scope, { familyName: "Hale" });
    await given.contact(scope, { familyName: "Okafor" });
    await fileRecord(scope, id, valuesOfSix(ids, { choice: "Bronze", number: "7" }));
    await bulk(scope, { ids: [id] }, set(ids, "choice", "Gold"));
    await bulk(scope, { ids: [id] }, set(ids, "number", null));
    await fileRecord(scope, id, valuesOfSix(ids, { choice: "Silver", number: "8" }));
    const contact = await findContact(scope, id);
    expect(contact?.values[`custom:${ids.choice}`]).toBe("Gold");
    expect(contact?.values[`custom:${ids.number}`] ?? null).toBeNull();
    expect(contact?.pins[`custom:${ids.choice}`]).toBeDefined();
    const { changes } = (await listHistory(scope, id)).entries[1] ?? { changes: [] };
    expect(changes).toMatchObject([{ label: "Tier", before: "Bronze", after: "Gold" }]);
    const gold = readView(new URLSearchParams({ [`custom:${ids.choice}-is`]: "Gold" }));
    expect(await listIds(scope, gold, 10)).toEqual([id]);
  });

  test("that a colleague has set since the numbers were shown are left, and said", async () => {
    const { scope, colleague, ids } = await firm(engine);
    const [ann, ben] = [await given.contact(scope), await given.contact(scope)];
    const bulkId = await askForBulk(scope, { ids: [ann.id, ben.id] }, set(ids, "text", "M-1"));
    await editContact(colleague, ann.id, {
      version: 1,
      values: { ...ann.values, ...valuesOfSix(ids, { text: "M-7" }) },
    });
    await editContact(colleague, ben.id, { version: 1, values: { ...ben.values, notes: "Prefers letters." } });
    await startBulk(scope, bulkId);
    expect(await findBulk(scope, bulkId)).toMatchObject({ toChange: 2, changed: 1, conflicts: 1 });
    expect((await findContact(scope, ann.id))?.values[`custom:${ids.text}`]).toBe("M-7");
    expect((await findContact(scope, ben.id))?.values[`custom:${ids.text}`]).toBe("M-1");
  });

  test("are read as on the form: every kind, emptied, and refused in words", async () => {
    const { scope, ids } = await firm(engine);
    const fields = await customFields(scope);
    for (const type of customFieldTypes) {
      const change = set(ids, type, saidOnce[type]);
      expect(await read(scope, ids, type, typedOnce[type])).toEqual({ ok: true, change });
      expect(await read(scope, ids, type, " ")).toEqual({ ok: true, change: set(ids, type, null) });
      const words = bulkWords(change, { locale: "en-GB", fields });
      expect(words).toMatchObject({ title: `Set: ${sixNames[type]}` });
      if (type !== "number") expect(words.toChange).toBe(`get ${sixNames[type]}: ${shownOnce[type]}`);
    }
    const refused = {
      number: "about ten",
      date: "31 February 2026",
      choice: "Platinum",
      "yes-no": "perhaps",
      link: "javascript:alert(1)",
      text: "M".repeat(400),
    };
    for (const type of customFieldTypes) {
      const reading = await read(scope, ids, type, refused[type]);
      expect(reading).toMatchObject({ ok: false });
      if (!reading.ok) expect(Object.keys(reading.errors)).toEqual([`custom.${ids[type]}`]);
    }
    const required = await given.field(scope, { name: "Sector", required: true });
    const typed = { ...nothingTyped, what: `custom:${required.id}` };
    const facts = { members: null, zoneNamed: () => null, fields: inUse(await customFields(scope)) };
    expect(readBulkForm(typed, { ...facts, place: { country: "GB", locale: "en-GB" } })).toEqual({
      ...{ ok: false, errors: { [`custom.${required.id}`]: ["Fill in Sector: it is required."] } },
    });
  });
});
