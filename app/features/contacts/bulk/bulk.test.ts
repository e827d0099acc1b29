/** One change of many contacts: the numbers before, what comes of it, and that one undo takes all of it back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import changeContacts from "../../../../jobs/change-contacts";
import { undoing } from "~/composition.server";
import { setMembership } from "~/features/accounts/members.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { askForBulk, cancelBulk, findBulk, listBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { continueBulk, doBatch } from "~/features/contacts/bulk/continue-bulk.server";
import { sweepBulk } from "~/features/contacts/bulk/give-up-bulk.server";
import { archiveContacts } from "~/features/contacts/deletion/archive-contacts.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { readView } from "~/features/contacts/list/contact-list";
import { assignOwner } from "~/features/contacts/owners.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { listNotices } from "~/features/notices/notices.server";
import { type DialectName } from "~/platform/db/database.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { bulk, crowd, rowsOf, undo } from "~/testing/given-bulk";

const never = new AbortController().signal;
const list = (query: string) => ({ view: readView(new URLSearchParams(query)) });

/** What an import says of a contact. */
async function fileRecord(scope: Scope, contactId: string, data: Record<string, unknown>) {
  await scope.db
    .insertInto("contact_records")
    .values({
      ...{ account_id: scope.account.id, id: newId(), contact_id: contactId, source: "file" as const },
      ...{ run_id: null, raw_record_id: null, data: JSON.stringify(data), hash: JSON.stringify(data) },
      ...{ observed_at: "2026-05-01T09:00:00.000Z", created_by: null },
    })
    .execute();
  await serveContacts(scope, [contactId]);
}

async function firm(engine: DialectName) {
  const clock = testClock();
  const ticking = { now: () => (clock.advance(1), clock.now()) };
  const installation = await given.installation(engine, { clock: ticking });
  const account = await given.account(installation);
  const scope = await given.member(installation, account, "user");
  const colleague = await given.member(installation, account, "user");
  return { clock, scope, colleague, colleagueId: colleague.user?.id ?? "" };
}

const change: fc.Arbitrary<(colleagueId: string) => BulkChange> = fc.oneof(
  fc
    .record({
      what: fc.constantFrom("tag", "untag"),
      tags: fc.uniqueArray(fc.constantFrom("Client", "supplier", "Trustee"), { minLength: 1 }),
    })
    .map((one) => () => one),
  fc
    .constantFrom<BulkChange>(
      { what: "field", field: "company", value: "Kiln Row Ltd" },
      { what: "field", field: "company", value: null },
      { what: "field", field: "jobTitle", value: "Trustee" },
      { what: "field", field: "kind", value: "business" },
      { what: "field", field: "language", value: "de" },
      { what: "field", field: "timeZone", value: "Europe/Berlin" },
      { what: "field", field: "notes", value: null },
      { what: "owner", ownerId: null, ownerName: null },
      { what: "marks", channels: ["email"], reason: "asked by letter" },
      { what: "marks", channels: ["phone", "letter"], reason: "unsubscribed" },
      { what: "archive" },
      { what: "unarchive" },
      { what: "delete" },
    )
    .map((one) => () => one),
  fc.constant((ownerId: string): BulkChange => ({ what: "owner", ownerId, ownerName: "Folasade Adebayo" })),
);

describe.each(databases)("a change of many contacts on %s", (engine) => {
  test("does what its numbers said, and is undone as if it had never been: pins, marks, tags and owners", async () => {
    const { scope, colleagueId } = await firm(engine);
    const ann = await given.contact(scope, {
      givenName: "Ann",
      familyName: "Okafor",
      tags: ["client"],
      notes: "Rings.",
    });
    const brandt = await given.contact(scope, { kind: "business", company: "Brandt Holzbau GmbH", language: "de" });
    const filed = await given.contact(scope, { familyName: "Hale" });
    const bare = await given.contact(scope, { company: "Weiß Möbel GmbH" });
    await fileRecord(scope, filed.id, { company: "Hale & Partners", tags: ["supplier"], timeZone: "Europe/London" });
    await markDoNotContact(scope, ann.id, { channels: ["email"], reason: "asked by letter" });
    await assignOwner(scope, [brandt.id], colleagueId);
    await archiveContacts(scope, [bare.id]);
    const ids = [ann.id, brandt.id, filed.id, bare.id];
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const before = await rowsOf(scope);
        const sets: string[] = [];
        for (const one of changes) {
          const { asked, done, changeSetId } = await bulk(scope, { ids }, one(colleagueId));
          expect(asked.total).toBe(asked.toChange + asked.same + asked.refused);
          expect(done).toMatchObject({ state: "done", changed: asked.toChange, conflicts: 0, gone: 0 });
          if (asked.toChange > 0) sets.push(changeSetId);
        }
        for (const id of sets.reverse()) expect(await undo(scope, id)).toMatchObject({ ok: true, leftAlone: [] });
        expect(await rowsOf(scope)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test("counts who has it already, who would be known by nothing, and who is not there", async () => {
    const { scope } = await firm(engine);
    const { scope: elsewhere } = await given.twoAccounts(engine);
    const theirs = await given.contact(elsewhere);
    const ann = await given.contact(scope, { familyName: "Okafor", tags: ["Client"] });
    const firmOnly = await given.contact(scope, { kind: "business", company: "Brandt Holzbau GmbH" });
    const gone = await given.contact(scope);
    await deleteContacts(scope, [gone.id]);
    const ids = [ann.id, firmOnly.id, gone.id, theirs.id, "no id at all"];
    const tag = await bulk(scope, { ids }, { what: "tag", tags: ["client"] });
    expect(tag.asked).toMatchObject({ total: 2, toChange: 1, same: 1, refused: 0, missing: 2 });
    const emptied = await bulk(scope, { ids }, { what: "field", field: "company", value: null });
    expect(emptied.asked).toMatchObject({ total: 2, toChange: 0, same: 1, refused: 1 });
    expect((await findContact(elsewhere, theirs.id))?.values.tags).toEqual([]);
  });

  test("is by hand: it pins, so that no import takes it back", async () => {
    const { scope } = await firm(engine);
    const { id } = await given.contact(scope, { familyName: "Hale" });
    await fileRecord(scope, id, { jobTitle: "Clerk" });
    await bulk(scope, { ids: [id] }, { what: "field", field: "jobTitle", value: "Partner" });
    await fileRecord(scope, id, { jobTitle: "Clerk again" });
    expect((await findContact(scope, id))?.values.jobTitle).toBe("Partner");
  });

  test("leaves what a colleague has changed since the numbers were shown, and says of how many", async () => {
    const { scope, colleague } = await firm(engine);
    const [ann, ben, cleo] = [await given.contact(scope), await given.contact(scope), await given.contact(scope)];
    const ids = [ann.id, ben.id, cleo.id];
    const id = await askForBulk(scope, { ids }, { what: "field", field: "jobTitle", value: "Partner" });
    const edit = (contactId: string, values: object) =>
      editContact(colleague, contactId, { version: 1, values: { ...ann.values, ...values } });
    await edit(ann.id, { jobTitle: "Chair" });
    await edit(ben.id, { notes: "Prefers letters." });
    await deleteContacts(colleague, [cleo.id]);
    await startBulk(scope, id);
    expect(await findBulk(scope, id)).toMatchObject({ toChange: 3, changed: 1, conflicts: 1, gone: 1 });
    expect((await findContact(scope, ann.id))?.values.jobTitle).toBe("Chair");
    expect((await findContact(scope, ben.id))?.values).toMatchObject({
      jobTitle: "Partner",
      notes: "Prefers letters.",
    });
  });

  test("of all that match is of those who did when the numbers were shown", async () => {
    const { scope } = await firm(engine);
    await given.contact(scope, { company: "Kiln Row Ltd" });
    const id = await askForBulk(scope, list("q=kiln"), { what: "tag", tags: ["ceramics"] });
    const late = await given.contact(scope, { company: "Kiln Row Ltd" });
    await startBulk(scope, id);
    expect(await findBulk(scope, id)).toMatchObject({ total: 1, changed: 1 });
    expect((await findContact(scope, late.id))?.values.tags).toEqual([]);
    await startBulk(scope, id);
    expect(await findBulk(scope, id)).toMatchObject({ changed: 1 });
  });

  test("is there for whoever asked, and of their own contacts where they see only those", async () => {
    const { scope, colleague, colleagueId } = await firm(engine);
    const mine = await given.contact(scope);
    const other = await given.contact(scope);
    await assignOwner(scope, [other.id], colleagueId);
    const own: Scope = { ...scope, ownOnly: true };
    const { id, asked } = await bulk(own, { ids: [mine.id, other.id] }, { what: "tag", tags: ["client"] });
    expect(asked).toMatchObject({ total: 1, missing: 1 });
    expect(await findBulk(colleague, id)).toBeNull();
    expect(await startBulk(colleague, id)).toEqual({ ok: false, reason: "not-found" });
    expect(await cancelBulk(colleague, id)).toEqual({ ok: false });
  });

  test("of a long list is looked up by the job, killed and gone on with, and done once; one undo takes it back", async () => {
    const { scope } = await firm(engine);
    const ids = await crowd(scope, 2_050);
    const before = await rowsOf(scope);
    const id = await askForBulk(scope, list(""), { what: "tag", tags: ["ceramics"] });
    expect(await findBulk(scope, id)).toMatchObject({ state: "collecting" });
    const { continueCollecting } = await import("~/features/contacts/bulk/collect-bulk.server");
    // Each turn asks first: aborted at the second, as a kill between two batches.
    await expect(continueCollecting(scope, id, abortedAfter(1))).rejects.toThrow();
    await continueCollecting(scope, id, never);
    expect(await findBulk(scope, id)).toMatchObject({ state: "ready", total: 2_050, toChange: 2_050 });
    await startBulk(scope, id);
    const killed = inTransaction(scope, async (scope) => {
      await doBatch(scope, id, { isNoticed: true });
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    await expect(continueBulk(scope, id, abortedAfter(2))).rejects.toThrow();
    const halfway = await findBulk(scope, id);
    expect(halfway).toMatchObject({ state: "running", done: 600, changed: 600 });
    expect(await undoChangeSet(scope, halfway?.changeSetId ?? "", undoing)).toEqual({ ok: false, reason: "at-work" });
    await continueBulk(scope, id, never);
    const done = await findBulk(scope, id);
    expect(done).toMatchObject({ state: "done", changed: ids.length, conflicts: 0 });
    const entries = scope.db.selectFrom("change_entries").select("position").where("account_id", "=", scope.account.id);
    expect(await entries.where("change_set_id", "=", done?.changeSetId ?? "").execute()).toHaveLength(ids.length);
    expect((await listNotices(scope))[0]?.title).toBe("Your change of 2,050 contacts is done");
    await undo(scope, done?.changeSetId ?? "");
    expect(await rowsOf(scope)).toEqual(before);
  }, 120_000);

  test("is listed among the work of whoever asked, once it is begun", async () => {
    const { scope, colleague } = await firm(engine);
    const { id } = await given.contact(scope, { familyName: "Hale" });
    const looked = await askForBulk(scope, { ids: [id] }, { what: "archive" });
    const done = await bulk(scope, { ids: [id] }, { what: "tag", tags: ["ceramics"] });
    await crowd(scope, 320);
    const running = await askForBulk(scope, list("q=adebayo"), { what: "tag", tags: ["ceramics"] });
    await startBulk(scope, running);
    expect(await listBulk(scope, 9)).toMatchObject([
      { id: running, state: "waiting", isAtWork: true, toChange: 320 },
      { id: done.id, state: "done", isAtWork: false, changeSetId: done.changeSetId },
    ]);
    expect((await listBulk(scope, 9)).map((edit) => edit.id)).not.toContain(looked);
    expect(await listBulk(colleague, 9)).toEqual([]);
  });

  test("can be cancelled: what was done stays and is undone; then it is swept away", async () => {
    const { scope, clock } = await firm(engine);
    await crowd(scope, 400);
    const before = await rowsOf(scope);
    const id = await askForBulk(scope, list("q=adebayo"), {
      what: "field",
      field: "company",
      value: "Hale & Partners",
    });
    await startBulk(scope, id);
    await expect(continueBulk(scope, id, abortedAfter(1))).rejects.toThrow();
    expect(await cancelBulk(scope, id)).toEqual({ ok: true });
    const cancelled = await findBulk(scope, id);
    expect(cancelled).toMatchObject({ state: "cancelled", changed: 300 });
    await continueBulk(scope, id, never);
    expect(await findBulk(scope, id)).toMatchObject({ changed: 300 });
    await undo(scope, cancelled?.changeSetId ?? "");
    expect(await rowsOf(scope)).toEqual(before);
    await askForBulk(scope, list("q=adebayo"), { what: "archive" });
    clock.advance(31 * DAY_MS);
    await sweepBulk(scope);
    for (const table of ["bulk_contacts", "bulk_edits"] as const) {
      const rows = scope.db.selectFrom(table).select("account_id").where("account_id", "=", scope.account.id);
      expect(await rows.execute()).toEqual([]);
    }
  }, 60_000);
});

describe.each(databases)("the job that changes many contacts on %s", (engine) => {
  const job = async (scope: Scope, bulkId: string) => {
    const from = await given.installation(engine, { database: scope.database });
    await changeContacts({ accountId: scope.account.id, bulkId }, given.job(from));
  };

  test("does it in the name of whoever asked, and tells them", async () => {
    const { scope } = await firm(engine);
    await crowd(scope, 320);
    const id = await askForBulk(scope, list("q=adebayo"), {
      what: "marks",
      channels: ["email"],
      reason: "unsubscribed",
    });
    expect(await startBulk(scope, id)).toEqual({ ok: true, isDone: false });
    await job(scope, id);
    expect(await findBulk(scope, id)).toMatchObject({ state: "done", changed: 320 });
    const marks = scope.db
      .selectFrom("do_not_contact_marks")
      .select("marked_by")
      .where("account_id", "=", scope.account.id);
    expect(new Set((await marks.execute()).map((mark) => mark.marked_by))).toEqual(new Set([scope.user?.id]));
    expect(await listNotices(scope)).toMatchObject([{ title: "Your change of 320 contacts is done" }]);
  });

  test("changes nothing when whoever asked has become a viewer meanwhile", async () => {
    const { scope } = await firm(engine);
    await crowd(scope, 320);
    const id = await askForBulk(scope, list("q=adebayo"), { what: "archive" });
    await startBulk(scope, id);
    await setMembership(scope, { userId: scope.user?.id ?? "", role: "viewer" });
    await job(scope, id);
    expect(await findBulk(scope, id)).toMatchObject({ state: "failed", changed: 0 });
  });
});

/** A signal that lets so many turns through. */
function abortedAfter(turns: number): AbortSignal {
  let left = turns;
  const throwIfAborted = () => {
    if (left-- <= 0) throw new Error("killed");
  };
  return { ...never, throwIfAborted } as unknown as AbortSignal;
}
