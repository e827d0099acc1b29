import { describe, expect, test } from "vitest";
import { verifyChain } from "~/features/audit/audit.server";
import { archiveContact, archiveContacts, restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
import { lastToChange, savedWords } from "~/features/contacts/form/change-conflict";
import { nothingKnown } from "~/features/contacts/contact";
import { readView } from "~/features/contacts/list/contact-list";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { relate, unrelate } from "~/features/contacts/relationships/relationships.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { listTags } from "~/features/contacts/tags.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const folasade = {
  givenName: "Folasade",
  familyName: "Adebayo",
  company: "Adebayo Ceramics",
  emails: [{ value: "f.adebayo@adebayo-ceramics.example", label: "work" }],
  phones: [{ value: "+442079460182", label: "mobile" }],
  addresses: [
    { label: null, street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" },
  ],
  tags: ["client", "newsletter"],
  notes: "Prefers to be called after four.",
};

async function eventsOf(scope: Scope) {
  const rows = await scope.db
    .selectFrom("audit_events")
    .select(["action", "body"])
    .where("account_id", "=", scope.account.id)
    .where("action", "like", "contact%")
    .orderBy("position")
    .execute();
  return rows.map((row) => ({ action: row.action, body: row.body }));
}

/** A record as an import leaves one. */
async function fileRecord(scope: Scope, contactId: string, data: Record<string, unknown>, observedAt: string) {
  await scope.db
    .insertInto("contact_records")
    .values({
      account_id: scope.account.id,
      id: newId(),
      contact_id: contactId,
      source: "file",
      run_id: null,
      raw_record_id: null,
      data: JSON.stringify(data),
      hash: JSON.stringify(data).length.toString(),
      observed_at: observedAt,
      created_by: null,
    })
    .execute();
  await serveContacts(scope, [contactId]);
}

describe.each(databases)("a contact on %s", (database) => {
  test("made by hand says what was typed, pinned, with its history", async () => {
    const scope = await given.scope(database, "user", { clock: testClock() });
    const { id } = await given.contact(scope, folasade);
    const contact = (await findContact(scope, id))!;
    expect(contact.values).toEqual({ ...nothingKnown, ...folasade });
    expect(contact).toMatchObject({ name: "Folasade Adebayo", version: 1, archived: null });
    expect(Object.keys(contact.pins).sort()).toEqual(
      ["addresses", "company", "emails", "kind", "name", "notes", "phones", "tags"].sort(),
    );
    const recordId = contact.origins.phones.values[0]!.recordId!;
    expect(contact.sources[recordId]).toMatchObject({ source: "by-hand", who: scope.user!.name });
    const { entries } = await listHistory(scope, id);
    expect(entries).toMatchObject([{ what: "Made by hand", who: scope.user!.name, at: "2026-05-04T09:00:00.000Z" }]);
    expect(entries[0]!.changes).toContainEqual(
      expect.objectContaining({ label: "Company", before: "", after: "Adebayo Ceramics" }),
    );
    expect((await listTags(scope)).map((tag) => tag.name)).toEqual(["client", "newsletter"]);
  });

  test("of which nothing is known is not made", async () => {
    const scope = await given.scope(database);
    expect(await createContact(scope, nothingKnown)).toEqual({ ok: false, reason: "nothing-known" });
  });

  test("edited by hand pins exactly what changed, and keeps it when a file says otherwise", async () => {
    const scope = await given.scope(database, "user", { clock: testClock() });
    const { id } = await given.contact(scope, { familyName: "Adebayo" });
    await fileRecord(scope, id, { company: "Adebayo Ceramics", jobTitle: "Owner" }, "2026-05-03T09:00:00.000Z");
    const before = await findContact(scope, id);
    const values = { ...before!.values, jobTitle: "Founder", company: null };
    expect(await editContact(scope, id, { version: before!.version, values })).toEqual({
      ok: true,
      changed: ["company", "jobTitle"],
      kept: [],
      changeSetId: expect.any(String),
    });
    await fileRecord(
      scope,
      id,
      { company: "Kiln Row Ltd", jobTitle: "Director", notes: "New lease." },
      "2026-06-01T09:00:00.000Z",
    );
    const after = await findContact(scope, id);
    expect(after?.values).toMatchObject({ jobTitle: "Founder", company: null, notes: "New lease." });
    expect(after?.origins.company.others.map((other) => other.text)).toEqual(["Kiln Row Ltd", "Adebayo Ceramics"]);
    expect(after?.pins).not.toHaveProperty("notes");
  });

  test("a save that changes nothing writes nothing", async () => {
    const scope = await given.scope(database);
    const { id, values } = await given.contact(scope, folasade);
    expect(await editContact(scope, id, { version: 1, values: { ...nothingKnown, ...values } })).toEqual({
      ok: true,
      changed: [],
      kept: [],
      changeSetId: null,
    });
    expect((await findContact(scope, id))?.version).toBe(1);
    expect(await eventsOf(scope)).toHaveLength(1);
  });

  test("saved by two people: the second is told, and the first's stays", async () => {
    const scope = await given.scope(database);
    const { id, values } = await given.contact(scope, folasade);
    await editContact(scope, id, { version: 1, values: { ...values, jobTitle: "Owner" } });
    const second = await editContact(scope, id, { version: 1, values: { ...values, jobTitle: "Potter" } });
    expect(second).toMatchObject({ ok: false, reason: "conflict", version: 2, theirs: { jobTitle: "Owner" } });
    expect((await findContact(scope, id))?.values.jobTitle).toBe("Owner");
  });

  test("saved by two people who changed different fields, has the changes of both", async () => {
    const scope = await given.scope(database);
    const { id, values: original } = await given.contact(scope, folasade);
    await editContact(scope, id, { version: 1, original, values: { ...original, company: "Kiln Row Ltd" } });
    const second = { version: 1, original, values: { ...original, notes: "Rings on Fridays." } };
    expect(await editContact(scope, id, second)).toMatchObject({ ok: true, changed: ["notes"], kept: ["company"] });
    expect((await findContact(scope, id))?.values).toMatchObject({
      company: "Kiln Row Ltd",
      notes: "Rings on Fridays.",
    });
    const { entries } = await listHistory(scope, id);
    expect(savedWords(["company"], lastToChange(entries, ["company"]))).toBe(
      `Saved. ${scope.user!.name} had changed Company meanwhile; that is kept.`,
    );
  });

  test.each([
    ["mine", { jobTitle: "Potter", company: "Kiln Row Ltd", notes: "Rings on Fridays." }],
    ["theirs", { jobTitle: "Owner", company: "Kiln Row Ltd", notes: "Rings on Fridays." }],
  ] as const)("where both changed the same field, has %s once that is chosen", async (choice, expected) => {
    const scope = await given.scope(database);
    const { id, values: original } = await given.contact(scope, folasade);
    const theirs = { ...original, jobTitle: "Owner", company: "Kiln Row Ltd" };
    await editContact(scope, id, { version: 1, original, values: theirs });
    const edit = { version: 1, original, values: { ...original, jobTitle: "Potter", notes: "Rings on Fridays." } };
    const asked = await editContact(scope, id, edit);
    expect(asked).toMatchObject({
      ok: false,
      version: 2,
      merge: { clashes: ["jobTitle"], merged: { company: "Kiln Row Ltd" } },
    });
    expect(
      await editContact(scope, id, { ...edit, choices: { jobTitle: choice }, seen: 1 }),
      "of another version",
    ).toMatchObject({
      ok: false,
    });
    expect(await editContact(scope, id, { ...edit, choices: { jobTitle: choice }, seen: 2 })).toMatchObject({
      ok: true,
      kept: ["company"],
    });
    expect((await findContact(scope, id))?.values).toMatchObject(expected);
  });

  test("each field that both changed has its own choice; one that is not chosen is asked for again", async () => {
    const scope = await given.scope(database);
    const { id, values: original } = await given.contact(scope, folasade);
    await editContact(scope, id, { version: 1, original, values: { ...original, jobTitle: "Owner", company: "Kiln" } });
    const values = { ...original, jobTitle: "Potter", company: "Row", notes: "Rings on Fridays." };
    const edit = { version: 1, original, values, seen: 2 };
    const asked = { ok: false, reason: "conflict", merge: { clashes: ["company", "jobTitle"] } };
    expect(await editContact(scope, id, edit)).toMatchObject(asked);
    expect(await editContact(scope, id, { ...edit, choices: { company: "theirs" } })).toMatchObject(asked);
    const choices = { company: "theirs", jobTitle: "mine" } as const;
    await editContact(scope, id, { version: 2, values: { ...original, jobTitle: "Founder", company: "Kiln" } });
    expect(await editContact(scope, id, { ...edit, choices }), "a third was faster").toMatchObject(asked);
    expect(await editContact(scope, id, { ...edit, seen: 3, choices })).toMatchObject({ ok: true });
    expect((await findContact(scope, id))?.values).toMatchObject({
      ...{ company: "Kiln", jobTitle: "Potter", notes: "Rings on Fridays." },
    });
  });

  test("saved by two people at the very same time: one of them is told", async () => {
    const scope = await given.scope(database);
    const { id, values } = await given.contact(scope, folasade);
    const results = await Promise.all(
      ["Owner", "Potter"].map((jobTitle) => editContact(scope, id, { version: 1, values: { ...values, jobTitle } })),
    );
    expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
  });

  test("unpinned, a field says again what the newest record says", async () => {
    const scope = await given.scope(database, "user", { clock: testClock("2026-04-02T09:00:00.000Z") });
    const { id } = await given.contact(scope, { familyName: "Adebayo", company: "Kiln Row" });
    await fileRecord(scope, id, { company: "Adebayo Ceramics" }, "2026-05-03T09:00:00.000Z");
    expect((await findContact(scope, id))?.values.company).toBe("Kiln Row");
    expect(await unpinField(scope, id, "company")).toMatchObject({ ok: true, stays: false });
    const contact = await findContact(scope, id);
    expect(contact?.values.company).toBe("Adebayo Ceramics");
    expect(contact?.origins.company.others, "what was typed is taken back").toEqual([]);
    expect((await listHistory(scope, id)).entries[0]).toMatchObject({ what: "Unpinned", unpinned: ["Company"] });
    // Another edit does not make the old by-hand company young again.
    await editContact(scope, id, { version: contact!.version, values: { ...contact!.values, jobTitle: "Owner" } });
    expect((await findContact(scope, id))?.values.company).toBe("Adebayo Ceramics");
  });

  test("unpinned, a field goes back to the file's value though the hand's is newer, and the change set tells it", async () => {
    const scope = await given.scope(database, "user", { clock: testClock("2026-06-02T09:00:00.000Z") });
    const { id } = await given.contact(scope, { familyName: "Adebayo", company: "Kiln Row", jobTitle: "Potter" });
    await fileRecord(scope, id, { company: "Adebayo Ceramics" }, "2026-05-03T09:00:00.000Z");
    expect((await findContact(scope, id))?.values.company).toBe("Kiln Row");
    expect(await unpinField(scope, id, "company")).toMatchObject({ ok: true, stays: false });
    expect((await findContact(scope, id))?.values).toMatchObject({ company: "Adebayo Ceramics", jobTitle: "Potter" });
    expect((await listHistory(scope, id)).entries[0]?.changes).toMatchObject([
      { label: "Company", before: "Kiln Row", after: "Adebayo Ceramics" },
    ]);
    const entry = await scope.db
      .selectFrom("change_entries")
      .select(["before", "after"])
      .where("account_id", "=", scope.account.id)
      .orderBy("change_set_id", "desc")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(entry.before!)).toMatchObject({ byHand: { company: "Kiln Row", jobTitle: "Potter" } });
    expect(JSON.parse(entry.after!).byHand).not.toHaveProperty("company");
  });

  test("unpinned where nothing else says anything, a field stays as it was typed until something does", async () => {
    const scope = await given.scope(database, "user", { clock: testClock("2026-06-02T09:00:00.000Z") });
    const { id } = await given.contact(scope, { familyName: "Adebayo", jobTitle: "Potter" });
    expect(await unpinField(scope, id, "jobTitle")).toMatchObject({ ok: true, stays: true });
    expect(await findContact(scope, id)).toMatchObject({ values: { jobTitle: "Potter" } });
    await fileRecord(scope, id, { jobTitle: "Owner" }, "2026-06-03T09:00:00.000Z");
    expect((await findContact(scope, id))?.values.jobTitle).toBe("Owner");
  });

  test("archived leaves the list, restored comes back; doing it twice writes once", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, folasade);
    const listed = async (query: string) =>
      (await listContacts(scope, readView(new URLSearchParams(query)))).contacts.map((contact) => contact.id);
    expect(await archiveContact(scope, id)).toMatchObject({ ok: true });
    expect(await archiveContact(scope, id)).toMatchObject({ ok: true });
    expect([await listed(""), await listed("archived=yes"), await listed("q=adeb")]).toEqual([[], [id], []]);
    expect((await findContact(scope, id))?.archived).toMatchObject({ by: scope.user?.name });
    expect(await restoreContact(scope, id)).toMatchObject({ ok: true });
    expect(await listed("")).toEqual([id]);
    expect((await eventsOf(scope)).map((event) => event.action)).toEqual([
      "contact.created",
      "contact.archived",
      "contact.restored",
    ]);
  });

  test("many are archived as one change", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const [a, b, theirs] = [await given.contact(scope), await given.contact(scope), await given.contact(other)];
    expect(await archiveContacts(scope, [a.id, b.id, theirs.id, newId()])).toMatchObject({ archived: 2 });
    expect((await findContact(other, theirs.id))?.archived).toBeNull();
    expect((await eventsOf(scope)).filter((event) => event.action === "contact.archived")).toHaveLength(1);
  });

  test("stands in relationships that both sides tell", async () => {
    const scope = await given.scope(database);
    const [person, firm] = [
      await given.contact(scope, { givenName: "Folasade", familyName: "Adebayo" }),
      await given.contact(scope, { kind: "business", company: "Adebayo Ceramics" }),
    ];
    const made = await relate(scope, { fromId: person.id, toId: firm.id, type: "owns" });
    expect(made).toMatchObject({ ok: true });
    expect(await relate(scope, { fromId: person.id, toId: firm.id, type: "owns" })).toMatchObject({
      reason: "already-related",
    });
    expect(await listRelated(scope, person.id)).toMatchObject([
      { type: "owns", back: false, name: "Adebayo Ceramics" },
    ]);
    expect(await listRelated(scope, firm.id)).toMatchObject([{ type: "owns", back: true, name: "Folasade Adebayo" }]);
    expect((await listHistory(scope, firm.id)).entries[0]?.relationship).toEqual({
      words: "is owned by",
      otherId: person.id,
      otherName: "Folasade Adebayo",
    });
    const relationshipId = made.ok ? made.id : "";
    expect(await unrelate(scope, { contactId: firm.id, relationshipId })).toMatchObject({ ok: true });
    expect(await unrelate(scope, { contactId: firm.id, relationshipId })).toEqual({ ok: false, reason: "not-found" });
    expect(await listRelated(scope, person.id)).toEqual([]);
  });

  test("is married once, whichever side says so", async () => {
    const scope = await given.scope(database);
    const [ann, kunle] = [await given.contact(scope), await given.contact(scope)];
    expect(await relate(scope, { fromId: ann.id, toId: kunle.id, type: "married-to" })).toMatchObject({ ok: true });
    expect(await relate(scope, { fromId: kunle.id, toId: ann.id, type: "married-to" })).toMatchObject({ ok: false });
    expect(await relate(scope, { fromId: ann.id, toId: ann.id, type: "owns" })).toMatchObject({
      reason: "same-contact",
    });
    expect(await relate(scope, { fromId: ann.id, toId: kunle.id, type: "haunts" })).toMatchObject({
      reason: "unknown-type",
    });
  });

  test("of another account is not there for any command", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const [ours, theirs] = [await given.contact(scope), await given.contact(other, folasade)];
    const edit = { version: 1, values: { ...nothingKnown, familyName: "Taken" } };
    expect(await findContact(scope, theirs.id)).toBeNull();
    expect(await editContact(scope, theirs.id, edit)).toEqual({ ok: false, reason: "not-found" });
    expect(await unpinField(scope, theirs.id, "company")).toMatchObject({ ok: false, reason: "not-found" });
    expect(await archiveContact(scope, theirs.id)).toEqual({ ok: false, reason: "not-found" });
    expect(await restoreContact(scope, theirs.id)).toEqual({ ok: false, reason: "not-found" });
    expect(await relate(scope, { fromId: ours.id, toId: theirs.id, type: "owns" })).toEqual({
      ok: false,
      reason: "not-found",
    });
    expect((await listHistory(scope, theirs.id)).entries).toEqual([]);
    expect((await findContact(other, theirs.id))?.version).toBe(1);
  });

  test("leaves no personal data in the audit chain, and the chain holds", async () => {
    const scope = await given.scope(database);
    const { id, values } = await given.contact(scope, folasade);
    await editContact(scope, id, { version: 1, values: { ...values, notes: "Zanzibar", familyName: "Quartey" } });
    await unpinField(scope, id, "notes");
    await relate(scope, { fromId: id, toId: (await given.contact(scope, { familyName: "Quartey" })).id, type: "owns" });
    await archiveContact(scope, id);
    const bodies = (await eventsOf(scope)).map((event) => event.body).join("\n");
    for (const canary of [
      "Folasade",
      "Adebayo",
      "Ceramics",
      "example",
      "7946",
      "Kiln",
      "newsletter",
      "Zanzibar",
      "Quartey",
    ]) {
      expect(bodies.toLowerCase()).not.toContain(canary.toLowerCase());
    }
    expect(bodies).toContain(id);
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });
});
