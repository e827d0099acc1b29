import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type ContactField, contactFields, nothingKnown } from "~/features/contacts/contact";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { currentTexts } from "~/features/contacts/history/history";
import { listHistory } from "~/features/contacts/history/history.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { makeEstate } from "~/features/contacts/relationships/make-estate.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { restoredWords } from "~/features/contacts/history/restored-words";
import { restoreValue } from "~/features/contacts/history/restore-value.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { doneImport } from "~/testing/walk/examples";

const ann = { givenName: "Ann", familyName: "Okafor", jobTitle: "Bookkeeper" };

async function edit(scope: Scope, id: string, changes: object) {
  const contact = (await findContact(scope, id))!;
  return editContact(scope, id, { version: contact.version, values: { ...contact.values, ...changes } });
}

describe.each(databases)("the history on %s", (database) => {
  test("tells every kind of change with before and after", async () => {
    const scope = await given.scope(database, "user", { clock: testClock() });
    const { id } = await given.contact(scope, ann);
    const { id: firm } = await given.contact(scope, { company: "Brandt Holzbau GmbH" });
    await edit(scope, id, { jobTitle: "Owner" });
    await relate(scope, { fromId: id, toId: firm, type: "owns", since: "2024-03-01", note: "Two thirds." });
    await markDoNotContact(scope, id, { channels: ["phone"], reason: "asked by letter" });
    await assignOwner(scope, [id], null);
    const { entries } = await listHistory(scope, id);
    const told = entries.map(({ what, changes, relationship }) => ({
      what,
      ...(relationship ? { other: `${relationship.words} ${relationship.otherName}` } : {}),
      changes: changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`),
    }));
    expect(told.slice(0, 4)).toEqual([
      { what: "Given to somebody", changes: [`Looked after by: ${scope.user!.name} → `] },
      { what: "Marked", changes: ["Do not contact:  → ring, asked by letter"] },
      {
        what: "Related",
        other: "owns Brandt Holzbau GmbH",
        changes: ["Period:  → since 1 March 2024", "Note:  → Two thirds."],
      },
      { what: "Edited by hand", changes: ["Job title: Bookkeeper → Owner"] },
    ]);
  });

  test("says from where: the page, the file and its line, and to administrators the network address", async () => {
    const admin = await given.scope(database, "admin", { address: "192.0.2.44" });
    const { id } = await given.contact(admin, ann);
    expect((await listHistory(admin, id)).entries).toMatchObject([{ address: "192.0.2.44", runId: null }]);
    expect((await listHistory({ ...admin, role: "user" }, id)).entries).toMatchObject([{ address: null }]);
    const runId = await doneImport(admin);
    const imported = await admin.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", admin.account.id)
      .where("email", "=", "import@quillfeather.example")
      .executeTakeFirstOrThrow();
    expect((await listHistory(admin, imported.id)).entries).toMatchObject([
      { what: "Brought in from “zymurgy-clients.csv”", runId, line: 2, canUndo: false },
    ]);
  });

  test("says of what was changed with more at once that it is undone with all of that", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, ann);
    const { id: executor } = await given.contact(scope, { familyName: "Hale" });
    await makeEstate(scope, id, { diedOn: "2026-02-11", executor: { contactId: executor } });
    for (const contactId of [id, executor]) {
      const { entries } = await listHistory(scope, contactId);
      const several = entries.map(({ what, isOneOfSeveral }) => [what, isOneOfSeveral]);
      expect(several.at(0)).toEqual(["Estate made", true]);
      expect(several.at(-1)).toEqual(["Made by hand", false]);
    }
  });

  test("is read page by page, each entry once", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, ann);
    for (let at = 0; at < 6; at++) await edit(scope, id, { jobTitle: `Owner ${at}` });
    const keys = [];
    for (let cursor: string | null = "", page; cursor !== null; cursor = page.older) {
      page = await listHistory(scope, id, { cursor, limit: 3 });
      keys.push(...page.entries.map((entry) => entry.key));
    }
    expect(keys).toEqual((await listHistory(scope, id)).entries.map((entry) => entry.key));
    expect(keys).toHaveLength(7);
  });

  test("an old value is restored by an ordinary edit: pinned, told and undoable", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, { ...ann, tags: ["client"] });
    await edit(scope, id, { jobTitle: "Owner", tags: [], givenName: "Anna" });
    const [last] = (await listHistory(scope, id)).entries;
    const restore = (field: ContactField, side: "before" | "after" = "before") =>
      restoreValue(scope, id, { entry: last?.key ?? "", side, field });
    const restored = await restore("jobTitle");
    expect(restored).toMatchObject({ ok: true });
    expect(restoredWords("Job title", restored)).toContain("restored, and pinned");
    expect(await restore("tags")).toMatchObject({ ok: true });
    expect(await restore("name")).toMatchObject({ ok: true });
    const contact = (await findContact(scope, id))!;
    expect(contact.values).toMatchObject({ ...ann, tags: ["client"] });
    expect(contact.pins).toHaveProperty("jobTitle");
    expect(await restore("jobTitle")).toEqual({ ok: false, reason: "says-so-already" });
    expect(await restore("jobTitle", "after")).toMatchObject({ ok: true });
    const { changeSetId } = restored as { changeSetId: string };
    expect(await undoChangeSet(scope, changeSetId, undoing)).toMatchObject({ leftAlone: [{ what: "Job title" }] });
  });

  test("a value that nobody could type any more is refused in words", async () => {
    const clock = testClock();
    const scope = await given.scope(database, "user", { clock });
    const { id } = await given.contact(scope, { ...ann, emails: [{ value: "ann@okafor.example", label: null }] });
    await edit(scope, id, { birthday: "1958-03-14" });
    await edit(scope, id, { birthday: null, diedOn: "1950-01-01" });
    const [, born, made] = (await listHistory(scope, id)).entries;
    const refused = await restoreValue(scope, id, { entry: born?.key ?? "", side: "after", field: "birthday" });
    expect(refused).toMatchObject({ ok: false, reason: "not-possible", message: expect.any(String) });
    expect(restoredWords("Birthday", refused)).toContain("cannot be restored like this any more. ");
    // The contact as it was before it was made says nothing at all.
    await edit(scope, id, { emails: [] });
    const nothing = await restoreValue(scope, id, { entry: made?.key ?? "", side: "before", field: "name" });
    expect(nothing.ok).toBe(false);
  });

  test("nothing is restored from another contact's history, of what it does not tell, or of who is deleted", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, ann);
    const { id: other } = await given.contact(scope, { familyName: "Brandt" });
    await edit(scope, id, { jobTitle: "Owner" });
    const [last] = (await listHistory(scope, id)).entries;
    const old = { entry: last?.key ?? "", side: "before", field: "jobTitle" } as const;
    const gone = { ok: false, reason: "not-found" };
    expect(await restoreValue(scope, other, old)).toEqual(gone);
    expect(await restoreValue(scope, id, { ...old, field: "company" })).toEqual(gone);
    expect(await restoreValue(scope, id, { ...old, entry: `${newId()}~0` })).toEqual(gone);
    expect(await restoreValue(scope, id, { ...old, entry: "nonsense" })).toEqual(gone);
    await deleteContacts(scope, [id]);
    expect(await restoreValue(scope, id, old)).toEqual(gone);
  });

  test("every field is written in a line", () => {
    const texts = currentTexts({ ...nothingKnown, birthday: "--02-29" }, { locale: "en-GB", country: "GB" });
    expect(Object.keys(texts)).toEqual([...contactFields]);
    expect(texts.birthday).toBe("29 February");
  });
});
