import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import {
  archiveContact,
  archiveContacts,
  countCurrent,
  restoreContact,
  restoreContacts,
} from "~/features/contacts/deletion/archive-contacts.server";
import { nothingKnown } from "~/features/contacts/contact";
import { MOST_AT_ONCE, readView } from "~/features/contacts/list/contact-list";
import { listContacts, listIds } from "~/features/contacts/list/list-contacts.server";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { listTags } from "~/features/contacts/tags.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const viewOf = (query: string) => readView(new URLSearchParams(query));

async function givenMany(scope: Scope, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const contacts = Array.from({ length: Math.min(500, count - from) }, (_, index) => ({
      id: newId(),
      values: { ...nothingKnown, familyName: `Adebayo ${from + index}` },
    }));
    await inTransaction(scope, (scope) => writeNewContacts(scope, contacts));
  }
}

async function archivals(scope: Scope) {
  return scope.db
    .selectFrom("audit_events")
    .select(["action", "body"])
    .where("account_id", "=", scope.account.id)
    .where("action", "in", ["contact.archived", "contact.restored"])
    .orderBy("position")
    .execute();
}

describe.each(databases)("archiving on %s", (database) => {
  test("is undone exactly: what was archived before or since stays as it is", async () => {
    const clock = testClock();
    const scope = await given.scope(database, "user", { clock });
    const made = await Promise.all(
      ["Rui", "Beatriz", "Joaquín", "Ana"].map((givenName) => given.contact(scope, { givenName })),
    );
    const [rui, beatriz, joaquin, ana] = made.map(({ id }) => id) as [string, string, string, string];
    await archiveContact(scope, ana);
    clock.advance(1_000);
    const { archived, changeSetId } = await archiveContacts(scope, [rui, beatriz, joaquin, ana]);
    expect(archived).toBe(3);
    clock.advance(1_000);
    // Beatriz came back and was put aside again by somebody who meant it.
    await restoreContact(scope, beatriz);
    await archiveContact(scope, beatriz);
    expect(await undoChangeSet(scope, changeSetId!, undoing)).toMatchObject({ ok: true, undone: 2 });
    expect(await undoChangeSet(scope, changeSetId!, undoing)).toEqual({ ok: false, reason: "undone-already" });
    expect((await listIds(scope, viewOf("archived=yes"), 10)).sort()).toEqual([beatriz, ana].sort());
    expect(await restoreContacts(scope, [beatriz, ana, newId()])).toMatchObject({ restored: 2 });
    expect(await countCurrent(scope, [rui, beatriz, joaquin, ana])).toBe(4);
  });

  test("is undone by its own change set only, and only in its account", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const { id } = await given.contact(scope);
    const { changeSetId } = await archiveContacts(scope, [id]);
    expect(await undoChangeSet(other, changeSetId!, undoing)).toEqual({ ok: false, reason: "not-found" });
    expect(await undoChangeSet(scope, newId(), undoing)).toEqual({ ok: false, reason: "not-found" });
    expect(await countCurrent(scope, [id])).toBe(0);
    expect(await archiveContacts(scope, [id])).toEqual({ archived: 0, changeSetId: null });
  });

  test("takes all that a list shows, on all its pages, as one change", async () => {
    const scope = await given.scope(database);
    await givenMany(scope, MOST_AT_ONCE);
    await given.contact(scope, { familyName: "Brandt", kind: "estate", tags: ["client"] });
    const ids = await listIds(scope, viewOf("q=adebayo"), MOST_AT_ONCE + 1);
    expect(ids).toHaveLength(MOST_AT_ONCE);
    expect(await archiveContacts(scope, ids)).toMatchObject({ archived: MOST_AT_ONCE });
    const events = await archivals(scope);
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]!.body)).toMatchObject({ counts: { contacts: MOST_AT_ONCE } });
    expect((await listContacts(scope, viewOf(""))).contacts.map((contact) => contact.name)).toEqual(["Brandt"]);
  });

  test.each(["", "q=adebayo", "kind=estate", "q=adebayo&kind=estate", "tag", "q=ade&tag", "archived=yes", "q=a"])(
    "a list's ids are those of its rows: ?%s",
    async (query) => {
      const scope = await given.scope(database);
      await given.contact(scope, { familyName: "Adebayo", tags: ["client"] });
      await given.contact(scope, { familyName: "Adebayo", kind: "estate" });
      await given.contact(scope, { familyName: "Brandt", kind: "estate", tags: ["client"] });
      await archiveContact(scope, (await given.contact(scope, { familyName: "Adebayo" })).id);
      const tagId = (await listTags(scope))[0]!.id;
      const view = viewOf(query.replace("tag", `tag=${tagId}`));
      const listed = (await listContacts(scope, view)).contacts.map((contact) => contact.id);
      expect(listed.length).toBeGreaterThan(0);
      expect((await listIds(scope, view, 100)).sort()).toEqual(listed.sort());
      expect(await listIds(scope, view, 1)).toHaveLength(1);
    },
  );
});
