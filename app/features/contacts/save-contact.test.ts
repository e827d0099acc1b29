import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { setMembership } from "~/features/accounts/members.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { nothingKnown } from "~/features/contacts/contact";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { addContact, saveContact } from "~/features/contacts/save-contact.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

async function colleagueOf(scope: Scope, database: (typeof databases)[number]) {
  const colleague = await given.user(await given.installation(database), { name: "Nell Whitcombe" });
  await setMembership(scope, { userId: colleague.id, role: "user" });
  return colleague;
}

describe.each(databases)("the contact's form on %s", (database) => {
  test("saves what a contact says and whose it is as one change, undone at once", async () => {
    const scope = await given.scope(database, "user");
    const nell = await colleagueOf(scope, database);
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Okafor", jobTitle: "Owner" });
    const before = (await findContact(scope, ann.id))!;

    const edit = { version: before.version, values: { ...before.values, jobTitle: "Partner" } };
    const saved = await saveContact(scope, ann.id, { edit, ownerId: nell.id });
    expect(await findContact(scope, ann.id)).toMatchObject({ owner: { id: nell.id }, values: { jobTitle: "Partner" } });
    const { entries } = await listHistory(scope, ann.id);
    expect(entries.slice(0, 2).map((entry) => entry.changeSetId)).toEqual(Array(2).fill(saved.ok && saved.changeSetId));

    await undoChangeSet(scope, (saved.ok && saved.changeSetId) || "", undoing);
    const after = (await findContact(scope, ann.id))!;
    expect(after).toMatchObject({ owner: before.owner, values: before.values });
  });

  test("makes a contact for a colleague as one change", async () => {
    const scope = await given.scope(database, "user");
    const nell = await colleagueOf(scope, database);
    const made = await addContact(scope, {
      values: { ...nothingKnown, company: "Brandt Holzbau GmbH" },
      ownerId: nell.id,
    });
    if (!made.ok) throw new Error(made.reason);
    expect(await findContact(scope, made.id)).toMatchObject({ owner: { id: nell.id } });
    expect(await undoChangeSet(scope, made.changeSetId, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    expect(await findContact(scope, made.id)).toBeNull();
  });

  test("saves nothing where the new owner is no member, or is not theirs to choose", async () => {
    const scope = await given.scope(database, "user");
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Okafor" });
    const { version, values } = (await findContact(scope, ann.id))!;
    const edit = { version, values: { ...values, jobTitle: "Partner" } };
    const refusals = [
      await saveContact(scope, ann.id, { edit, ownerId: newId() }),
      await saveContact({ ...scope, ownOnly: true }, ann.id, { edit, ownerId: null }),
      await addContact(scope, { values: { ...nothingKnown, company: "Kiln" }, ownerId: "nobody" }),
    ];
    expect(refusals.map((refused) => !refused.ok && refused.reason)).toEqual([
      "not-a-member",
      "not-yours-to-give",
      "not-a-member",
    ]);
    expect((await findContact(scope, ann.id))!.version).toBe(version);
  });

  test("where nothing is different, nothing is written", async () => {
    const scope = await given.scope(database, "user");
    const ann = await given.contact(scope, { givenName: "Ann", familyName: "Okafor" });
    const { version, values, owner } = (await findContact(scope, ann.id))!;
    const saved = await saveContact(scope, ann.id, { edit: { version, values }, ownerId: owner?.id ?? null });
    expect(saved).toMatchObject({ ok: true, changed: [], changeSetId: null });
    expect((await findContact(scope, ann.id))!.version).toBe(version);
  });
});
