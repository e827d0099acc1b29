import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { nothingKnown } from "~/features/contacts/contact";
import { findAlike } from "~/features/contacts/form/find-alike.server";
import { listHistory } from "~/features/contacts/history/history.server";
import {
  archiveContact,
  archiveContacts,
  countCurrent,
  restoreContact,
} from "~/features/contacts/deletion/archive-contacts.server";
import { readView } from "~/features/contacts/list/contact-list";
import { markDoNotContact, liftMark } from "~/features/contacts/consent/do-not-contact.server";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findContact, findContactName } from "~/features/contacts/detail/find-contact.server";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { makeEstate } from "~/features/contacts/relationships/make-estate.server";
import { offerContacts } from "~/features/contacts/relationships/offered-contacts.server";
import { assignOwner, listOwners } from "~/features/contacts/owners.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { relate, unrelate } from "~/features/contacts/relationships/relationships.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const notFound = { ok: false, reason: "not-found" };
const home = { label: null, street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };

/** An account whose users see only their own: ten contacts, two of them the user's. */
async function givenLimited(engine: (typeof databases)[number]) {
  const installation = await given.installation(engine);
  const account = { ...(await given.account(installation)), ownContactsOnly: true };
  const admin = await given.member(installation, account, "admin");
  const limited = await given.member(installation, account, "user");
  const made = [];
  for (let index = 0; index < 10; index++) {
    made.push(
      await given.contact(index < 2 ? limited : admin, {
        givenName: `Ann ${index}`,
        familyName: "Okafor",
        addresses: [home],
      }),
    );
  }
  const ids = made.map(({ id }) => id);
  return { admin, limited, own: ids.slice(0, 2) as [string, string], foreign: ids.slice(2) as [string, string] };
}

describe.each(databases)("a user who sees only their own contacts, on %s", (engine) => {
  test("finds two of ten in the list, by search, by address and as housemates", async () => {
    const { limited, admin, own, foreign } = await givenLimited(engine);
    expect(limited.ownOnly).toBe(true);
    for (const query of ["", "q=okafor"]) {
      const { contacts } = await listContacts(limited, readView(new URLSearchParams(query)));
      expect(contacts.map(({ id }) => id).sort()).toEqual([...own].sort());
    }
    expect((await offerContacts(limited, "okafor", own[0])).offered.map(({ value }) => value)).toEqual([own[1]]);
    const [offered] = (await offerContacts(limited, "okafor", own[0])).offered;
    expect(offered?.hint, "four of one name are told apart").toBe("London");
    expect(await findContact(limited, foreign[0])).toBeNull();
    expect(await findContactName(limited, foreign[0])).toBeNull();
    expect((await findContact(limited, own[0]))?.household.members.map(({ id }) => id)).toEqual([own[1]]);
    await relate(admin, { fromId: foreign[0], toId: own[0], type: "manages" });
    expect(await listRelated(limited, own[0])).toEqual([]);
    expect(await countCurrent(limited, [...own, ...foreign])).toBe(2);
    const theirs = await given.contact(admin, {
      familyName: "Adebayo",
      emails: [{ value: "f@adebayo.example", label: null }],
    });
    const typed = { ...nothingKnown, emails: [{ value: "f@adebayo.example", label: null }] };
    expect(await findAlike(limited, typed)).toEqual([]);
    expect(await findAlike(admin, typed)).toMatchObject([{ id: theirs.id }]);
    const addresses = [
      { label: null, street: "12 Bow Lane", city: "London", region: null, postalCode: "EC4M 9EE", country: "GB" },
    ];
    const atHome = await given.contact(admin, { familyName: "Whitcombe", addresses });
    expect(await findAlike(limited, atHome.values)).toEqual([]);
    expect(await findAlike(admin, atHome.values)).toMatchObject([{ id: atHome.id, shared: "name and address" }]);
  });

  test("can do nothing to a contact of somebody else's", async () => {
    const { limited, admin, own, foreign } = await givenLimited(engine);
    const [theirs] = foreign;
    const { values } = (await findContact(admin, theirs))!;
    await markDoNotContact(admin, theirs, { channels: ["email"], reason: "asked by phone" });
    const { marks } = (await findContact(admin, theirs))!;
    const related = await relate(admin, { fromId: foreign[1], toId: theirs, type: "manages" });
    const relationshipId = related.ok ? related.id : "";

    expect(await editContact(limited, theirs, { version: 1, values: { ...values, company: "Mine" } })).toEqual(
      notFound,
    );
    expect(await unpinField(limited, theirs, "name")).toEqual(notFound);
    expect(await archiveContact(limited, theirs)).toEqual(notFound);
    expect(await restoreContact(limited, theirs)).toEqual(notFound);
    expect((await archiveContacts(limited, foreign)).archived).toBe(0);
    expect(await markDoNotContact(limited, theirs, { channels: ["phone"], reason: null })).toEqual(notFound);
    expect(await liftMark(limited, { contactId: theirs, markId: marks[0]!.id })).toEqual(notFound);
    expect(await relate(limited, { fromId: own[0], toId: theirs, type: "manages" })).toEqual(notFound);
    expect(await unrelate(limited, { contactId: theirs, relationshipId })).toEqual(notFound);
    expect(await correctHousehold(limited, { contactId: own[0], otherId: theirs, kind: "apart" })).toEqual(notFound);
    expect(await makeEstate(limited, theirs, { diedOn: "2026-01-01", executor: null })).toEqual(notFound);
    expect(await makeEstate(limited, own[0], { diedOn: "2026-01-01", executor: { contactId: theirs } })).toEqual({
      ok: false,
      reason: "executor-not-found",
    });
    expect((await findContact(admin, theirs))?.values).toEqual(values);
  });

  test("makes contacts of their own and gives none away", async () => {
    const { limited, admin, own } = await givenLimited(engine);
    expect((await findContact(limited, own[0]))?.owner?.id).toBe(limited.user?.id);
    expect(await listOwners(limited, null)).toBeNull();
    expect(await assignOwner(limited, own, admin.user!.id)).toEqual({ ok: false, reason: "not-yours-to-give" });
    expect(await assignOwner(admin, own, admin.user!.id)).toMatchObject({ ok: true, given: 2 });
    expect(await findContact(limited, own[0])).toBeNull();
  });
});

describe.each(databases)("undo, of whoever sees only their own contacts, on %s", (engine) => {
  test("leaves alone what also changed others, so that it can still be undone whole", async () => {
    const { admin, limited, own, foreign } = await givenLimited(engine);
    // When they still saw all of them.
    const { changeSetId } = await archiveContacts({ ...limited, ownOnly: false }, [own[0], foreign[0]]);
    expect(await undoChangeSet(limited, changeSetId!, undoing)).toEqual({ ok: false, reason: "not-all-yours" });
    expect(await undoChangeSet(admin, changeSetId!, undoing)).toMatchObject({ ok: true, undone: 2 });
  });

  test("does not reach what a colleague did with theirs, as its history shows no button for that", async () => {
    const { admin, limited, own } = await givenLimited(engine);
    const [id] = own;
    await assignOwner(admin, [id], admin.user!.id);
    const given = await assignOwner(admin, [id], limited.user!.id);
    const archived = await archiveContacts(admin, [own[1]]);
    for (const changeSetId of [given.ok ? given.changeSetId : null, archived.changeSetId]) {
      expect(await undoChangeSet(limited, changeSetId!, undoing)).toEqual({ ok: false, reason: "not-found" });
    }
    const { entries } = await listHistory(limited, id);
    expect(
      entries.filter(({ canUndo, changeSetId }) => given.ok && changeSetId === given.changeSetId && canUndo),
    ).toEqual([]);
    expect((await findContact(admin, id))?.owner?.id).toBe(limited.user?.id);
    const undone = await undoChangeSet(admin, archived.changeSetId!, undoing);
    const redo = undone.ok && "changeSetId" in undone ? undone.changeSetId : null;
    expect(await undoChangeSet(limited, redo!, undoing)).toEqual({ ok: false, reason: "not-found" });
  });

  test("gives nothing away that they once took over", async () => {
    const { admin, limited, foreign } = await givenLimited(engine);
    const taken = await assignOwner({ ...limited, ownOnly: false }, [foreign[0]], limited.user!.id);
    const changeSetId = taken.ok ? taken.changeSetId : null;
    expect(await undoChangeSet(limited, changeSetId!, undoing)).toEqual({ ok: false, reason: "not-all-yours" });
    expect((await findContact(admin, foreign[0]))?.owner?.id).toBe(limited.user?.id);
  });

  test("does not reach what was theirs once", async () => {
    const { admin, limited } = await givenLimited(engine);
    const made = await createContact(limited, { ...nothingKnown, company: "Kiln Row Pottery" });
    if (!made.ok) throw new Error(made.reason);
    await assignOwner(admin, [made.id], admin.user!.id);
    expect(await undoChangeSet(limited, made.changeSetId, undoing)).toEqual({ ok: false, reason: "not-found" });
    expect(await findContact(admin, made.id)).not.toBeNull();
  });
});

describe.each(databases)("who looks after a contact, on %s", (engine) => {
  test("is not by an undo whoever has been switched off since, here or altogether", async () => {
    const installation = await given.installation(engine);
    const account = await given.account(installation);
    const admin = await given.member(installation, account, "admin");
    const { unguarded } = admin.database;
    for (const table of ["users", "memberships"] as const) {
      const member = await given.member(installation, account, "user");
      const { id } = await given.contact(member, { familyName: "Adebayo" });
      const gift = await assignOwner(admin, [id], admin.user!.id);
      const off = { disabled_at: admin.clock.now() };
      if (table === "users") await unguarded.updateTable("users").set(off).where("id", "=", member.user!.id).execute();
      else await unguarded.updateTable("memberships").set(off).where("user_id", "=", member.user!.id).execute();
      const undone = await undoChangeSet(admin, (gift.ok && gift.changeSetId) || "", undoing);
      expect(undone).toMatchObject({ ok: true, undone: 0, leftAlone: [{ why: "whoever did has left" }] });
      expect((await findContact(admin, id))?.owner?.id).toBe(admin.user?.id);
    }
  });

  test("is whoever made it, then whoever it is given to, who is told once", async () => {
    const installation = await given.installation(engine);
    const account = await given.account(installation);
    const admin = await given.member(installation, account, "admin");
    const member = await given.member(installation, account, "user");
    const { id } = await given.contact(admin, { familyName: "Adebayo" });
    expect((await findContact(admin, id))?.owner?.id).toBe(admin.user?.id);
    expect(await assignOwner(admin, [id], member.user!.id)).toMatchObject({ ok: true, given: 1 });
    expect(await assignOwner(admin, [id], member.user!.id)).toEqual({ ok: true, given: 0, changeSetId: null });
    const told = await admin.db
      .selectFrom("notices")
      .select(["user_id", "kind"])
      .where("account_id", "=", admin.account.id)
      .execute();
    expect(told).toEqual([{ user_id: member.user!.id, kind: "contacts-given" }]);
    const { scope: stranger } = await given.twoAccounts(engine);
    const outsider = { ok: false, reason: "not-a-member" };
    expect(await assignOwner(admin, [id], stranger.user!.id)).toEqual(outsider);
    expect(await assignOwner(admin, [id], "nobody")).toEqual(outsider);
  });
});
