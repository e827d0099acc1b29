/** Whatever is done to contacts and undone leaves them as they were. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { type NotUndone, undoChangeSet, type UndoneAtOnce } from "~/features/changes/undo.server";
import { undoneWords } from "~/features/changes/undone-words";
import { archiveContact, archiveContacts, restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
import { channels } from "~/features/contacts/consent/consent";
import {
  type BuiltInField,
  type ContactField,
  contactFields,
  type ContactValues,
  nothingKnown,
} from "~/features/contacts/contact";
import { bringBackContacts, deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { liftMark, markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { makeEstate } from "~/features/contacts/relationships/make-estate.server";
import { findRelated, listRelated } from "~/features/contacts/relationships/related.server";
import {
  editRelationship,
  relate,
  relatedText,
  unrelate,
} from "~/features/contacts/relationships/relationships.server";
import { saveContact } from "~/features/contacts/save-contact.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";

/** A record as an import leaves one. */
async function fileRecord(scope: Scope, contactId: string, data: Record<string, unknown>, observedAt: string) {
  await scope.db
    .insertInto("contact_records")
    .values({
      ...{ account_id: scope.account.id, id: newId(), contact_id: contactId, source: "file" as const },
      ...{ run_id: null, raw_record_id: null, data: JSON.stringify(data), hash: JSON.stringify(data) },
      ...{ observed_at: observedAt, created_by: null },
    })
    .execute();
  await serveContacts(scope, [contactId]);
}

interface World {
  scope: Scope;
  clock: TestClock;
  /** In the order of their making; the first three were there before. */
  ids: string[];
}

async function newWorld(database: (typeof databases)[number]): Promise<World> {
  const clock = testClock();
  // As in life, no two looks at the clock say the same.
  const ticking = { now: () => (clock.advance(1), clock.now()) };
  const scope = await given.scope(database, "user", { clock: ticking });
  const ann = await given.contact(scope, { givenName: "Ann", familyName: "Okafor", tags: ["client"] });
  const estate = await given.contact(scope, { kind: "estate", typedName: "Estate of Femi Okafor" });
  const filed = await given.contact(scope, { familyName: "Brandt" });
  await fileRecord(scope, filed.id, { company: "Brandt Holzbau GmbH", tags: ["supplier"] }, "2026-05-01T09:00:00.000Z");
  await fileRecord(scope, ann.id, { jobTitle: "Owner", notes: "Rings on Fridays." }, "2026-05-02T09:00:00.000Z");
  return { scope, clock, ids: [ann.id, estate.id, filed.id] };
}

interface Step {
  act: keyof typeof acts;
  who: number;
  other: number;
  /** Chooses among fields, types, channels and what there is. */
  pick: number;
  text: string;
  passes: boolean;
}

const at = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % items.length];

function edited(values: ContactValues, field: BuiltInField, text: string): Partial<ContactValues> {
  const address = { label: null, street: text, city: "London", region: null, postalCode: "E8 4QN", country: "GB" };
  const edits: Record<BuiltInField, Partial<ContactValues>> = {
    kind: { kind: values.kind === "individual" ? "business" : "individual" },
    name: { givenName: text, familyName: values.familyName },
    company: { company: values.company === text ? null : text },
    jobTitle: { jobTitle: text },
    birthday: { birthday: values.birthday ? null : "--02-29" },
    diedOn: { diedOn: values.diedOn ? null : "2026-02-11" },
    timeZone: { timeZone: values.timeZone ? null : "Europe/Berlin" },
    language: { language: values.language ? null : "de" },
    notes: { notes: text },
    emails: { emails: [{ value: `${text.toLowerCase()}@okafor.example`, label: "work" }, ...values.emails] },
    phones: { phones: [...values.phones, { value: "+442079460182", label: null, note: text }].slice(-2) },
    addresses: { addresses: [address] },
    tags: { tags: values.tags.includes(text) ? [] : [...values.tags, text] },
  };
  return edits[field];
}

async function related(scope: Scope, id: string, pick: number) {
  return at(await listRelated(scope, id), pick);
}

const acts = {
  async create({ scope, ids }: World, _id: string, { text }: Step) {
    const made = await createContact(scope, { ...nothingKnown, company: text });
    if (made.ok) ids.push(made.id);
  },
  async edit({ scope }: World, id: string, { pick, text }: Step) {
    const contact = await findContact(scope, id);
    const fields = [at(contactFields, pick), at(contactFields, pick >> 4)];
    if (!contact) return;
    const values = fields.reduce((v, field) => ({ ...v, ...edited(v, field ?? "notes", text) }), contact.values);
    await editContact(scope, id, { version: contact.version, values });
  },
  async unpin({ scope }: World, id: string, { pick }: Step) {
    const contact = await findContact(scope, id);
    const pinned = Object.keys(contact?.pins ?? {}) as ContactField[];
    if (pinned.length > 0) await unpinField(scope, id, at(pinned, pick) ?? "company");
  },
  archive: ({ scope }: World, id: string) => archiveContact(scope, id),
  archiveAll: ({ scope, ids }: World) => archiveContacts(scope, ids),
  restore: ({ scope }: World, id: string) => restoreContact(scope, id),
  remove: ({ scope }: World, id: string) => deleteContacts(scope, [id]),
  removeAll: ({ scope, ids }: World) => deleteContacts(scope, ids),
  bringBack: ({ scope, ids }: World) => bringBackContacts(scope, ids),
  relate({ scope, ids }: World, id: string, { other, pick, text }: Step) {
    const type = at(["works-for", "married-to", "executor-of", "attorney-for"], pick) ?? "owns";
    return relate(scope, {
      fromId: id,
      toId: at(ids, other) ?? "",
      type,
      note: text,
      since: pick % 3 ? null : "2020-01-01",
    });
  },
  async editRelation({ scope }: World, id: string, { pick, text }: Step) {
    const one = await related(scope, id, pick);
    const found = one && (await findRelated(scope, id, one.relationshipId));
    if (!found) return;
    const edit = { contactId: id, relationshipId: found.relationshipId, type: found.type, back: pick % 2 === 0 };
    const until = pick % 3 ? "2024-06-30" : null;
    await editRelationship(scope, { ...edit, since: found.since, until, note: text, original: relatedText(id, found) });
  },
  async unrelate({ scope }: World, id: string, { pick }: Step) {
    const one = await related(scope, id, pick);
    if (one) await unrelate(scope, { contactId: id, relationshipId: one.relationshipId });
  },
  mark: ({ scope }: World, id: string, { pick, text }: Step) =>
    markDoNotContact(scope, id, { channels: [at(channels, pick) ?? "email", "letter"], reason: text }),
  async lift({ scope }: World, id: string, { pick }: Step) {
    const marks = scope.db.selectFrom("do_not_contact_marks").select("id").where("account_id", "=", scope.account.id);
    const mark = at(await marks.where("contact_id", "=", id).orderBy("id").execute(), pick);
    if (mark) await liftMark(scope, { contactId: id, markId: mark.id });
  },
  household: ({ scope, ids }: World, id: string, { other, pick }: Step) =>
    correctHousehold(scope, { contactId: id, otherId: at(ids, other) ?? "", kind: pick % 2 ? "together" : "apart" }),
  give: ({ scope, ids }: World, id: string, { pick }: Step) =>
    assignOwner(scope, pick % 2 ? ids : [id], pick % 3 ? null : (scope.user?.id ?? null)),
  async save({ scope }: World, id: string, { pick, text }: Step) {
    const contact = await findContact(scope, id);
    if (!contact) return;
    const edit = { version: contact.version, values: { ...contact.values, jobTitle: text } };
    await saveContact(scope, id, { edit, ownerId: pick % 2 ? null : (scope.user?.id ?? null) });
  },
  async estate({ scope, ids }: World, id: string, { other, pick, text }: Step) {
    const executor = pick % 2 ? { name: `Mr Ben ${text}` } : { contactId: at(ids, other) ?? "" };
    const made = await makeEstate(scope, id, { diedOn: "2026-02-11", executor });
    if (made.ok) ids.push(made.estateId);
  },
};

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
  who: fc.nat(4),
  other: fc.nat(4),
  pick: fc.nat(255),
  text: fc.constantFrom("Kiln", "Potter", "Trustee"),
  passes: fc.boolean(),
});

/** All that is stored of the first contacts, but for what tells only that they were changed. */
async function rowsOf({ scope, ids }: World): Promise<object> {
  const { unguarded } = scope.database;
  const those = ids.slice(0, 3);
  const contacts = await unguarded.selectFrom("contacts").selectAll().where("id", "in", those).orderBy("id").execute();
  const parts: Record<string, unknown> = {};
  const tables = ["contact_points", "contact_tags", "contact_records", "contact_pins", "do_not_contact_marks"] as const;
  for (const table of tables) {
    const rows = await unguarded.selectFrom(table).selectAll().where("contact_id", "in", those).execute();
    parts[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  const between = unguarded.selectFrom("relationships").selectAll().where("account_id", "=", scope.account.id);
  const relationships = (await between.execute()).map((row) => JSON.stringify(row)).sort();
  const said = unguarded.selectFrom("household_corrections").selectAll().where("account_id", "=", scope.account.id);
  const households = (await said.execute()).map((row) => JSON.stringify(row)).sort();
  return {
    contacts: contacts.map(({ version, changed_at, ...row }) => ({ ...row, written: Boolean(version && changed_at) })),
    ...{ ...parts, relationships, households },
  };
}

async function changeSetsOf({ account, db }: Scope): Promise<string[]> {
  const rows = await db.selectFrom("change_sets").select("id").where("account_id", "=", account.id).execute();
  return rows.map(({ id }) => id);
}

describe.each(databases)("undoing on %s", (database) => {
  test("in reverse order leaves contacts as they were, whatever was done to them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const world = await newWorld(database);
        const { scope, clock, ids } = world;
        const before = await rowsOf(world);
        const known = new Set(await changeSetsOf(scope));
        const done: string[] = [];
        for (const one of steps) {
          if (one.passes) clock.advance(1_000);
          await acts[one.act](world, at(ids, one.who) ?? "", one);
          const fresh = (await changeSetsOf(scope)).filter((id) => !known.has(id)).sort();
          fresh.forEach((id) => known.add(id));
          done.push(...fresh);
        }
        clock.advance(1_000);
        for (const id of done.reverse()) {
          expect(await undoChangeSet(scope, id, undoing)).toMatchObject({ ok: true, leftAlone: [] });
          expect(await undoChangeSet(scope, id, undoing)).toEqual({ ok: false, reason: "undone-already" });
        }
        expect(await rowsOf(world)).toEqual(before);
        for (const id of ids.slice(3)) expect(await findContact(scope, id), "made and undone").toBeNull();
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  test("leaves alone what was edited since, and names it", async () => {
    const { scope, ids } = await newWorld(database);
    const [ann = ""] = ids;
    const first = (await findContact(scope, ann))!;
    const values = { ...first.values, jobTitle: "Potter", company: "Kiln" };
    const edit = await editContact(scope, ann, { version: first.version, values });
    const second = (await findContact(scope, ann))!;
    await editContact(scope, ann, { version: second.version, values: { ...values, company: "Row" } });
    const result = await undoChangeSet(scope, (edit.ok && edit.changeSetId) || "", undoing);
    expect(result).toMatchObject({ ok: true, undone: 1, leftAlone: [{ name: "Ann Okafor", what: "Company" }] });
    expect(undoneWords(result as UndoneAtOnce, { counted: String, isRedo: false })).toBe(
      "Undone. Left as it is: Ann Okafor, company (changed since).",
    );
    expect(undoneWords(result as UndoneAtOnce, { counted: String, isRedo: true })).toContain("Redone.");
    const after = (await findContact(scope, ann))!;
    expect(after.values).toMatchObject({ jobTitle: "Owner", company: "Row" });
    expect(after.pins).toHaveProperty("company");
    expect(after.pins).not.toHaveProperty("jobTitle");
    // The undo is a change like any other.
    const redone = await undoChangeSet(
      scope,
      (result.ok && "changeSetId" in result && result.changeSetId) || "",
      undoing,
    );
    expect(redone).toMatchObject({ ok: true, undone: 1 });
    expect((await findContact(scope, ann))!.values.jobTitle).toBe("Potter");
  });

  test("is possible for 30 days", async () => {
    const { scope, clock, ids } = await newWorld(database);
    const [ann = "", estate = ""] = ids;
    const one = await archiveContact(scope, ann);
    const other = await archiveContact(scope, estate);
    clock.advance(30 * DAY_MS - MINUTE_MS);
    expect(await undoChangeSet(scope, (one.ok && one.changeSetId) || "", undoing)).toMatchObject({ ok: true });
    clock.advance(MINUTE_MS);
    const late = await undoChangeSet(scope, (other.ok && other.changeSetId) || "", undoing);
    expect(late).toEqual({ ok: false, reason: "too-late" });
    expect(undoneWords(late as NotUndone, { counted: String, isRedo: false })).toContain("more than 30 days ago");
  });

  test("twice at once undoes once", async () => {
    const { scope, ids } = await newWorld(database);
    const { changeSetId } = await archiveContacts(scope, ids);
    const both = await Promise.all([1, 2].map(() => undoChangeSet(scope, changeSetId ?? "", undoing)));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("does not bring back what would contradict what was said since", async () => {
    const { scope, ids } = await newWorld(database);
    const [ann = "", , brandt = ""] = ids;
    const made = await relate(scope, { fromId: ann, toId: brandt, type: "executor-of" });
    const taken = await unrelate(scope, { contactId: ann, relationshipId: made.ok ? made.id : "" });
    await relate(scope, { fromId: brandt, toId: ann, type: "executor-of" });
    const undone = await undoChangeSet(scope, (taken.ok && taken.changeSetId) || "", undoing);
    expect(undone).toMatchObject({ ok: true, undone: 0, leftAlone: [{ why: expect.stringContaining("themselves") }] });
  });

  test("a mark is taken back only by whoever set it", async () => {
    const { scope, ids } = await newWorld(database);
    const [ann = ""] = ids;
    await markDoNotContact(scope, ann, { channels: ["email"], reason: "asked by phone" });
    const [set = ""] = (await changeSetsOf(scope)).sort().slice(-1);
    const colleague = await given.user(await given.installation(database));
    const undone = await undoChangeSet({ ...scope, user: colleague }, set, undoing);
    expect(undone).toMatchObject({ ok: true, undone: 0, leftAlone: [{ why: expect.stringContaining("lift it") }] });
  });
});
