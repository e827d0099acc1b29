import { describe, expect, test } from "vitest";
import sweep from "../../../../jobs/sweep";
import { archiveContact, restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
import { nothingKnown } from "~/features/contacts/contact";
import { readView } from "~/features/contacts/list/contact-list";
import { bringBackContacts, deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { countDeletion, listDeleted } from "~/features/contacts/deletion/deleted-contacts.server";
import { deletionChanges } from "~/features/contacts/deletion/deletion-words";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findAlike } from "~/features/contacts/form/find-alike.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { doneImport } from "~/testing/walk/examples";

const viewOf = (query: string) => readView(new URLSearchParams(query));

async function listed(scope: Scope, query: string): Promise<string[]> {
  return (await listContacts(scope, viewOf(query))).contacts.map(({ name }) => name);
}

const values = { givenName: "Ann", familyName: "Okafor", emails: [{ value: "ann@okafor.example", label: null }] };

describe.each(databases)("deleting on %s", (database) => {
  test("takes a contact out of everything, and it comes back whole", async () => {
    const clock = testClock();
    const scope = await given.scope(database, "user", { clock });
    const { id } = await given.contact(scope, values);
    const { id: friend } = await given.contact(scope, { familyName: "Brandt" });
    await relate(scope, { fromId: id, toId: friend, type: "related-to" });
    clock.advance(1_000);
    expect(await deleteContacts(scope, [id])).toMatchObject({ deleted: 1 });
    expect(await findContact(scope, id)).toBeNull();
    for (const query of ["", "archived=yes", "q=okafor", "q=okafor&archived=yes"]) {
      expect(await listed(scope, query), query).not.toContain("Ann Okafor");
    }
    expect(await findAlike(scope, { ...nothingKnown, ...values })).toEqual([]);
    expect(await listRelated(scope, friend)).toEqual([]);
    const gone = { ok: false, reason: "not-found" };
    expect(await editContact(scope, id, { version: 1, values: { ...nothingKnown, ...values } })).toEqual(gone);
    expect(await unpinField(scope, id, "name")).toEqual(gone);
    expect(await archiveContact(scope, id)).toEqual(gone);
    expect(await restoreContact(scope, id)).toEqual(gone);
    expect(await relate(scope, { fromId: friend, toId: id, type: "owns" })).toEqual(gone);
    expect(await deleteContacts(scope, [id])).toEqual({ deleted: 0, changeSetId: null });
    expect((await listDeleted(scope, null)).contacts).toMatchObject([
      { id, name: "Ann Okafor", deletedBy: scope.user!.name, goneAt: "2026-06-03T09:00:01.000Z" },
    ]);

    expect(await bringBackContacts(scope, [id, friend])).toMatchObject({ broughtBack: 1 });
    expect(await findContact(scope, id)).toMatchObject({ archived: null, values });
    expect(await listed(scope, "q=okafor")).toEqual(["Ann Okafor"]);
    expect(await listRelated(scope, friend)).toHaveLength(1);
  });

  test("of an archived contact leaves it archived when it comes back", async () => {
    const clock = testClock();
    const scope = await given.scope(database, "user", { clock });
    const { id } = await given.contact(scope, values);
    await archiveContact(scope, id);
    clock.advance(1_000);
    await deleteContacts(scope, [id]);
    await bringBackContacts(scope, [id]);
    expect((await findContact(scope, id))?.archived).toMatchObject({ at: "2026-05-04T09:00:00.000Z" });
  });

  test("says beforehand what goes with it, exactly", async () => {
    const scope = await given.scope(database);
    const { id: ann } = await given.contact(scope, values);
    const { id: ben } = await given.contact(scope, { givenName: "Ben" });
    const { id: estate } = await given.contact(scope, { kind: "estate", typedName: "Estate of Femi" });
    await relate(scope, { fromId: ann, toId: estate, type: "executor-of" });
    await relate(scope, { fromId: ann, toId: ben, type: "related-to" });
    await markDoNotContact(scope, ben, { channels: ["email", "phone"], reason: null });
    await archiveContact(scope, ben);
    const { ids, ...counts } = await countDeletion(scope, [ann, ben]);
    expect(ids.sort()).toEqual([ann, ben].sort());
    expect(counts).toEqual({ name: null, archived: 1, relationships: 2, marks: 2, rows: 0, executors: 1 });
    expect(deletionChanges({ ...counts, contacts: 2 }, "en-GB").map(({ label }) => label)).toEqual([
      "contacts leave lists, search and every other page",
      "of them is archived",
      "of them is executor of an estate: its letters may then have nobody to go to",
      "relationships are no longer shown",
      "do-not-contact marks go, too",
    ]);
    expect((await countDeletion(scope, [ann, estate])).executors).toBe(0);
    expect(await countDeletion(scope, [ben])).toMatchObject({ name: "Ben" });
  });

  test("an import that brings somebody deleted makes them anew", async () => {
    const scope = await given.scope(database);
    await doneImport(scope);
    const ids = async () =>
      (await listContacts(scope, viewOf("q=import@quillfeather.example"))).contacts.map(({ id }) => id);
    const [first = ""] = await ids();
    expect((await countDeletion(scope, [first])).rows).toBe(1);
    await deleteContacts(scope, [first]);
    await doneImport(scope);
    const [second, ...others] = await ids();
    expect(others).toEqual([]);
    expect(second).not.toBe(first);
  });

  test("after 30 days it is gone for good, with its history; the audit keeps its events", async () => {
    const clock = testClock();
    const scope = await given.scope(database, "admin", { clock });
    const { id } = await given.contact(scope, values);
    const { id: kept } = await given.contact(scope, { familyName: "Brandt" });
    await relate(scope, { fromId: id, toId: kept, type: "related-to" });
    await deleteContacts(scope, [id]);
    const context = given.job(await given.installation(database, { clock }));
    const { unguarded } = scope.database;
    const left = async () => {
      const entries = await unguarded
        .selectFrom("change_entries")
        .select("position")
        .where("subject_id", "=", id)
        .execute();
      const rows = await unguarded.selectFrom("contacts").select("id").where("id", "=", id).execute();
      return { entries: entries.length, rows: rows.length };
    };
    clock.advance(30 * DAY_MS - 1);
    await sweep({}, context);
    expect(await left()).toEqual({ entries: 3, rows: 1 });
    clock.advance(1);
    expect((await listDeleted(scope, null)).contacts).toEqual([]);
    await sweep({}, context);
    expect(await left()).toEqual({ entries: 0, rows: 0 });
    expect(await listed(scope, "")).toEqual(["Brandt"]);
    expect(await listRelated(scope, kept)).toEqual([]);
    const events = await scope.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", scope.account.id)
      .where("action", "like", "contact%")
      .orderBy("position")
      .execute();
    expect(events.map(({ action }) => action).slice(-2)).toEqual(["contact.deleted", "contacts.removed"]);
  });
});
