/** What changes at the source, goes there, or becomes another there, and what follows here. */
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { createContact, editContact } from "~/features/contacts/edit-contact.server";
import "~/features/contacts/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, contactsOf, synced, withCompany, withJobs } from "~/testing/given-syncs";
import { importedRows } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const person = (n: number) => ({ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });

/** Ten people, so that one of them is not a share to be asked about. */
async function tenPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 10; n++) system.put("people", `p${n}`, person(n));
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  return { scope, system, connectorId };
}

async function called(scope: Scope, email: string) {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", "name", "archived_at", "deleted_at"])
    .where("account_id", "=", scope.account.id)
    .where("search", "like", `%${email}%`)
    .execute();
  return rows[0];
}

describe.each(databases)("changes at the source on %s", (engine) => {
  test("are all that is asked for, and change only whom they are about", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.asked = 0;
    system.put("people", "p3", { ...person(3), notes: "Moved to York" });
    system.put("people", "p10", person(10));
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({
      state: "done",
      counts: { read: 2, created: 1, changed: 1, same: 0 },
      connector: { mode: "changes", said: null, stored: 11 },
    });
    expect(system.asked).toBe(2);
    expect((await contactsOf(scope)).find(({ email }) => email === "f.3@adebayo.example")?.notes).toBe("Moved to York");
  });

  test("know somebody again by the record, though nothing of it is as it was", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = await called(scope, "f.4@adebayo.example");
    system.put("people", "p4", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
    await synced(scope, connectorId, system);
    const after = await called(scope, "ngozi@lindqvist.example");
    expect(after).toMatchObject({ id: before?.id, name: "Ngozi Lindqvist" });
    expect(await contactsOf(scope)).toHaveLength(10);
  });

  test("that are older than what is here are passed over", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p4", { ...person(4), notes: "An old copy" }, "2025-01-01T00:00:00.000Z");
    const run = await synced(scope, connectorId, system);
    expect(run.counts).toMatchObject({ read: 1, changed: 0, same: 1 });
    expect((await contactsOf(scope)).some(({ notes }) => notes === "An old copy")).toBe(false);
  });

  test("carry a record over that has another name there now", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = await called(scope, "f.4@adebayo.example");
    system.rename("people", "p4", "people/c4");
    system.put("people", "people/c4", { ...person(4), email: "fola@adebayo.example" });
    await synced(scope, connectorId, system, { mode: "whole" });
    expect(await called(scope, "fola@adebayo.example")).toMatchObject({ id: before?.id, archived_at: null });
    expect(await contactsOf(scope)).toHaveLength(10);
    const names = scope.db.selectFrom("source_records").select("remote_id").where("account_id", "=", scope.account.id);
    expect((await names.execute()).map(({ remote_id }) => remote_id)).toContain("people/c4");
  });

  test("carry a record over to one of two that say they had its name", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = await called(scope, "f.4@adebayo.example");
    system.rename("people", "p4", "people/c4");
    system.put("people", "p4", person(4));
    system.rename("people", "p4", "people/d4");
    system.put("people", "people/d4", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 2, created: 1 }, connector: { stored: 11 } });
    expect(await called(scope, "f.4@adebayo.example")).toMatchObject({ id: before?.id });
    expect((await called(scope, "ngozi@lindqvist.example"))?.id).not.toBe(before?.id);
  });

  test("leave a name to the record that has it, whoever else says it was theirs", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = await called(scope, "f.4@adebayo.example");
    system.rename("people", "p4", "people/c4");
    system.put("people", "people/c4", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
    system.put("people", "p4", { ...person(4), notes: "Moved to York" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 2, created: 1, changed: 1 }, connector: { gone: 0 } });
    expect(await called(scope, "f.4@adebayo.example")).toMatchObject({ id: before?.id, archived_at: null });
  });
});

describe.each(databases)("what is gone at the source on %s", (engine) => {
  test("is archived here when nobody else stands for it, and taken back when it is there again", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.remove("people", "p2");
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", connector: { gone: 1, stored: 9 } });
    expect(await called(scope, "f.2@adebayo.example")).toMatchObject({ name: "Folasade Adebayo 2", deleted_at: null });
    expect((await called(scope, "f.2@adebayo.example"))?.archived_at).not.toBeNull();
    system.put("people", "p2", person(2));
    const back = await synced(scope, connectorId, system);
    expect(back).toMatchObject({ counts: { read: 1 }, connector: { stored: 10 } });
    expect((await called(scope, "f.2@adebayo.example"))?.archived_at).toBeNull();
    expect(await contactsOf(scope)).toHaveLength(10);
  });

  test("is told by a whole reading that does not bring it", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.remove("people", "p2");
    const run = await synced(scope, connectorId, system, { mode: "whole" });
    expect(run).toMatchObject({ state: "done", counts: { read: 9, same: 9 }, connector: { gone: 1, stored: 9 } });
    const again = await synced(scope, connectorId, system, { mode: "whole" });
    expect(again.connector).toMatchObject({ gone: 0, stored: 9 });
  });

  test("is not told by a whole reading that began with some day", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    for (let n = 0; n < 10; n++) system.put("people", `p${n}`, person(n));
    const connectorId = await connected(scope, { start: "2026-01-01" });
    await synced(scope, connectorId, system);
    system.remove("people", "p2");
    const run = await synced(scope, connectorId, system, { mode: "whole" });
    expect(run).toMatchObject({ state: "done", connector: { gone: 0, said: null } });
    expect((await called(scope, "f.2@adebayo.example"))?.archived_at).toBeNull();
  });

  test("stays where a file says it, too, without what only the source said", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p2", { ...person(2), notes: "Only the source knows this" });
    await synced(scope, connectorId, system);
    await importedRows(scope, [
      {
        "Given name": "Folasade",
        "Family name": "Adebayo 2",
        Email: "f.2@adebayo.example",
        Company: "Adebayo Ceramics",
      },
    ]);
    system.remove("people", "p2");
    await synced(scope, connectorId, system);
    const contact = (await contactsOf(scope)).find(({ email }) => email === "f.2@adebayo.example");
    expect(contact).toMatchObject({ name: "Folasade Adebayo 2", notes: null, isArchived: false });
  });

  test("stays where a person has typed something of it", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const { id } = (await called(scope, "f.2@adebayo.example"))!;
    const { version, values } = (await findContact(scope, id))!;
    await editContact(scope, id, { version, values: { ...values, givenName: "Fola", jobTitle: "Potter" } });
    system.remove("people", "p2");
    await synced(scope, connectorId, system);
    expect(await called(scope, "adebayo 2")).toMatchObject({ id, archived_at: null });
  });

  test("goes over to what it was merged into, with whom not to write to", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p2", { ...person(2), optOut: "yes" });
    await synced(scope, connectorId, system);
    system.put("people", "p1", { ...person(1), mobile: "020 7946 0999" });
    system.remove("people", "p2", "p1");
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", connector: { gone: 1 } });
    expect((await called(scope, "f.2@adebayo.example"))?.archived_at).not.toBeNull();
    const winner = await called(scope, "f.1@adebayo.example");
    const marks = scope.db.selectFrom("do_not_contact_marks").select(["channel", "reason"]);
    expect(
      await marks.where("account_id", "=", scope.account.id).where("contact_id", "=", winner!.id).execute(),
    ).toEqual([{ channel: "email", reason: "Small Ledger of Brandt" }]);
    const record = scope.db.selectFrom("source_records").select(["state", "gone_why", "became"]);
    expect(await record.where("account_id", "=", scope.account.id).where("remote_id", "=", "p2").execute()).toEqual([
      { state: "gone", gone_why: "merged", became: "p1" },
    ]);
  });

  test("is counted once by contact, though its records are in several streams", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const known = { "Given name": "Folasade", "Family name": "Adebayo 3", Email: person(3).email };
    await importedRows(scope, [{ ...known, Company: "Adebayo Ceramics" }]);
    await withCompany("email", scope, connectorId);
    for (let n = 0; n < 10; n++) system.put("companies", `c${n}`, { name: `Adebayo Ceramics ${n}` });
    system.put("companies", "c10", { phone: person(2).email });
    system.put("companies", "c11", { phone: person(3).email });
    await synced(scope, connectorId, system, { mode: "whole" });
    for (const n of [2, 3]) system.remove("people", `p${n}`);
    for (const n of [10, 11]) system.remove("companies", `c${n}`);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", connector: { gone: 4 } });
    expect(run.connector?.beside).toMatchObject({ archived: 1, lessened: 1, unmoved: 0 });
    expect(run.log).toContain("1 contact archived, 1 contact kept without what it said.");
    expect(await called(scope, person(2).email)).not.toMatchObject({ archived_at: null });
    expect(await called(scope, person(3).email)).toMatchObject({ archived_at: null });
  });

  /** Adaeze, known by hand, is in three lists of the source: with a note, with nothing new, and with her job. */
  async function inThreeStreams(scope: Scope) {
    const email = "adaeze@brandt.example";
    const known = { ...nothingKnown, givenName: "Adaeze", familyName: "Brandt" };
    await createContact(scope, { ...known, emails: [{ value: email, label: null }] });
    const system = smallSystem({ more: ["staff"] });
    const connectorId = await connected(scope);
    await withCompany("email", scope, connectorId);
    await withJobs(scope, connectorId, "staff");
    system.put("people", "p1", { given: "Adaeze", family: "Brandt", email, notes: "Likes oak" });
    system.put("companies", "c1", { phone: email });
    system.put("staff", "s1", { name: "Joiner", phone: email });
    for (let n = 2; n < 12; n++) {
      system.put("people", `p${n}`, person(n));
      system.put("companies", `c${n}`, { name: `Adebayo Ceramics ${n}` });
      system.put("staff", `s${n}`, { name: "Potter", phone: person(n).email });
    }
    await synced(scope, connectorId, system);
    return { system, connectorId, email };
  }

  test("is counted once as the most that became of it, in however many streams", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const { system, connectorId, email } = await inThreeStreams(scope);
    system.remove("people", "p1");
    system.remove("companies", "c1");
    system.remove("staff", "s1");
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", connector: { gone: 3 } });
    expect(run.connector?.beside).toMatchObject({ archived: 0, lessened: 1, unmoved: 0 });
    expect(await called(scope, email)).toMatchObject({ archived_at: null });
  });

  test("is not taken for what was changed by a record that stays", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const { system, connectorId, email } = await inThreeStreams(scope);
    system.put("people", "p12", { given: "Adaeze", family: "Brandt", email });
    await synced(scope, connectorId, system);
    // People: a record that says nothing of its own goes. Companies: one changes what she says. Staff: her job goes.
    system.remove("people", "p12");
    system.put("companies", "c1", { name: "Brandt & Daughters", phone: email });
    system.remove("staff", "s1");
    const run = await synced(scope, connectorId, system);
    expect(run.connector?.beside).toMatchObject({ archived: 0, lessened: 1, unmoved: 0 });
  });

  test("is the same whether it was told before or after what took its place", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.remove("people", "p2");
    system.put("people", "p20", { ...person(2), notes: "Made anew" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", connector: { gone: 1, stored: 10 } });
    expect(await called(scope, "f.2@adebayo.example")).toMatchObject({ archived_at: null });
    expect(await contactsOf(scope)).toHaveLength(10);
  });
});
