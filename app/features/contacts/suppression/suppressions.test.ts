/** One list of whom not to reach: whatever is done to contacts, what stands on it stays, and every point of it is marked. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import markSuppressed from "../../../../jobs/mark-suppressed";
import { undoing } from "~/composition.server";
import { verifyChain } from "~/features/audit/audit.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { archiveContact, restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { isSuppressed, suppressedAmong, withSuppression } from "~/features/contacts/suppression/suppressed.server";
import { addressLine } from "~/features/contacts/suppression/suppression";
import {
  forgetValue,
  liftSuppression,
  suppress,
  type ToSuppress,
} from "~/features/contacts/suppression/suppressions.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { importedRows, undoneWholly } from "~/testing/given-undo";
import { bulk } from "~/testing/given-bulk";

const ann = "ann@okafor.example";
const email = (value: string, more: Partial<ToSuppress> = {}): ToSuppress => ({
  ...{ channel: "email", value, reason: "by-hand", source: "person" },
  ...more,
});
const emails = (...values: string[]) => values.map((value) => ({ value, label: null }));
const machine = (scope: Scope): Scope => ({ ...scope, user: null, role: "system" });

async function marks(scope: Scope) {
  const rows = await scope.db
    .selectFrom("contact_points")
    .select(["channel", "value", "suppressed_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("value_key")
    .execute();
  return rows.map(({ value, suppressed_at }) => [value, suppressed_at]);
}

const undo = (scope: Scope, changeSetId: string | null) => undoChangeSet(scope, changeSetId ?? "", undoing);

describe.each(databases)("the suppression list on %s", (engine) => {
  async function firm() {
    const clock = testClock();
    const installation = await given.installation(engine, { clock });
    const account = await given.account(installation);
    const scope = await given.member(installation, account, "admin");
    return { clock, scope, colleague: await given.member(installation, account, "user") };
  }

  test("marks a value on every contact that has it, however it is written, and on those that come later", async () => {
    const { scope, clock } = await firm();
    await given.contact(scope, { familyName: "Okafor", emails: emails(ann, "office@okafor.example") });
    const noted = clock.now();
    expect(await suppress(scope, email("Ann@Okafor.example"))).toMatchObject({ ok: true, isNew: true });
    clock.advance(MINUTE_MS);
    await given.contact(scope, { familyName: "Adebayo", emails: emails("ANN@okafor.example") });
    expect(await marks(scope)).toEqual(
      [
        [ann, noted],
        ["ANN@okafor.example", noted],
        ["office@okafor.example", null],
      ].sort((a, b) => (String(a[0]).toLowerCase() < String(b[0]).toLowerCase() ? -1 : 0)),
    );
    expect(await isSuppressed(scope, "email", "ANN@OKAFOR.EXAMPLE")).toBe(true);
    expect([...(await suppressedAmong(scope, "email", [ann, "office@okafor.example"]))]).toEqual([ann]);
  });

  test("holds numbers and addresses, too, each by its own channel", async () => {
    const { scope } = await firm();
    const address = {
      label: null,
      street: "14 Kiln Row",
      city: "London",
      region: null,
      postalCode: "E8 4QN",
      country: "GB",
    };
    const phones = [{ value: "+442079460311", label: null }];
    await given.contact(scope, { familyName: "Okafor", phones, addresses: [address] });
    await suppress(scope, { channel: "phone", value: "+442079460311", reason: "complained", source: "campaign:x" });
    await suppress(scope, { channel: "address", value: addressLine(address), reason: "bad-address", source: "person" });
    for (const [, since] of await marks(scope)) expect(since).not.toBeNull();
    expect(await isSuppressed(scope, "email", "+442079460311")).toBe(false);
  });

  test("says a thing once for each reason, and the value is free when a person has lifted the last of them", async () => {
    const { scope, clock } = await firm();
    await given.contact(scope, { familyName: "Okafor", emails: emails(ann) });
    const first = await suppress(scope, email(ann));
    expect(await suppress(scope, email(ann))).toEqual({ ok: true, id: first.id, isNew: false, changeSetId: null });
    clock.advance(1_000);
    const noted = clock.now();
    const second = await suppress(machine(scope), email(ann, { reason: "unsubscribed", source: "campaign:x" }));
    expect(second).toMatchObject({ isNew: true, changeSetId: null });
    const lifted = await liftSuppression(scope, { id: first.id, reason: "They wrote again" });
    expect(lifted).toMatchObject({ ok: true, isListed: true });
    expect(await marks(scope)).toEqual([[ann, noted]]);
    expect(await liftSuppression(machine(scope), { id: second.id, reason: "no" })).toEqual({
      ok: false,
      reason: "only-a-person",
    });
    await liftSuppression(scope, { id: second.id, reason: "They wrote again" });
    expect(await marks(scope)).toEqual([[ann, null]]);
    expect(await isSuppressed(scope, "email", ann)).toBe(false);
    expect((await suppress(scope, email(ann))).isNew).toBe(true);
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("keeps what was erased by its hash alone, and obeys it", async () => {
    const { scope } = await firm();
    const { id } = await suppress(scope, email(ann, { reason: "erased", note: "rang on Friday" }));
    expect(await forgetValue(scope, { channel: "email", value: "Ann@Okafor.example" })).toEqual({ forgotten: 1 });
    expect(await forgetValue(scope, { channel: "email", value: ann })).toEqual({ forgotten: 0 });
    const rows = scope.db
      .selectFrom("suppressions")
      .select(["value", "note"])
      .where("account_id", "=", scope.account.id);
    expect(await rows.execute()).toEqual([{ value: null, note: null }]);
    const entries = scope.db.selectFrom("change_entries").select("after").where("account_id", "=", scope.account.id);
    expect(await entries.execute()).toEqual([]);
    await given.contact(scope, { familyName: "Okafor", emails: emails(ann) });
    expect((await marks(scope))[0]?.[1]).not.toBeNull();
    await liftSuppression(scope, { id, reason: "They are a client again" });
    expect((await marks(scope))[0]?.[1]).toBeNull();
  });

  test("can be put right by whoever put something there by hand, and by nobody else's undo", async () => {
    const { scope, colleague } = await firm();
    await given.contact(scope, { familyName: "Okafor", emails: emails(ann) });
    const { changeSetId, id } = await suppress(scope, email(ann));
    expect(await undo(colleague, changeSetId)).toMatchObject({ ok: true, undone: 0 });
    expect(await isSuppressed(scope, "email", ann)).toBe(true);
    const undone = await undo(scope, changeSetId);
    expect(undone).toMatchObject({ ok: true, undone: 1, leftAlone: [] });
    expect(await marks(scope)).toEqual([[ann, null]]);
    if (!undone.ok || !("changeSetId" in undone)) throw new Error("not undone");
    expect(await undo(scope, undone.changeSetId)).toMatchObject({ ok: true, undone: 1 });
    expect(await isSuppressed(scope, "email", ann)).toBe(true);
    expect((await marks(scope))[0]?.[1]).not.toBeNull();
    const kept = scope.db.selectFrom("suppressions").select("lifted_reason").where("id", "=", id);
    expect(await kept.where("account_id", "=", scope.account.id).execute()).toEqual([{ lifted_reason: "Undone" }]);
  });

  test("anybody may undo that something was taken off, and only who took it off may do so anew by a redo", async () => {
    const { scope, colleague } = await firm();
    const { id } = await suppress(machine(scope), email(ann, { reason: "complained", source: "webhook:ses" }));
    const lifted = await liftSuppression(scope, { id, reason: "A mistake" });
    if (!lifted.ok) throw new Error(lifted.reason);
    const undone = await undo(colleague, lifted.changeSetId);
    expect(undone).toMatchObject({ ok: true, undone: 1 });
    expect(await isSuppressed(scope, "email", ann)).toBe(true);
    if (!undone.ok || !("changeSetId" in undone)) throw new Error("not undone");
    expect(await undo(colleague, undone.changeSetId)).toMatchObject({ ok: true, undone: 0 });
    expect(await isSuppressed(scope, "email", ann)).toBe(true);
  });

  test("is each account's own", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await given.contact(other, { familyName: "Okafor", emails: emails(ann) });
    const { id } = await suppress(scope, email(ann));
    expect(await isSuppressed(other, "email", ann)).toBe(false);
    expect(await marks(other)).toEqual([[ann, null]]);
    expect(await liftSuppression(other, { id, reason: "no" })).toEqual({ ok: false, reason: "not-found" });
    expect(await forgetValue(other, { channel: "email", value: ann })).toEqual({ forgotten: 0 });
    const same = await suppress(other, email(ann));
    const hashOf = async (of: Scope, which: string) => {
      const rows = of.db.selectFrom("suppressions").select("value_hash").where("account_id", "=", of.account.id);
      return (await rows.where("id", "=", which).executeTakeFirstOrThrow()).value_hash;
    };
    expect(await hashOf(scope, id)).not.toBe(await hashOf(other, same.id));
  });

  test("reaches contacts that were written by who did not see it yet: they are marked a minute later", async () => {
    const { scope, clock } = await firm();
    // Long work of another process, which asked before and takes the list for empty.
    const elsewhere = { ...scope, account: { ...scope.account } };
    await given.contact(elsewhere, { familyName: "Adebayo", emails: emails("folasade@adebayo.example") });
    await suppress(scope, email(ann));
    await given.contact(elsewhere, { familyName: "Okafor", emails: emails(ann) });
    const ofAnn = async () => (await marks(scope)).filter(([value]) => value === ann).map(([, since]) => since);
    expect(await ofAnn()).toEqual([null]);
    clock.advance(MINUTE_MS);
    const job = given.job(await given.installation(engine, { database: scope.database, clock }));
    await markSuppressed({ accountId: scope.account.id }, job);
    expect(await ofAnn()).not.toContain(null);
    await given.contact(elsewhere, { familyName: "Okafor", givenName: "Second", emails: emails(ann) });
    expect(await ofAnn()).not.toContain(null);
  });

  test("costs long work one statement every half minute while it is empty, and one a batch when it is not", async () => {
    const { scope, clock } = await firm();
    let asked = 0;
    const counted = { ...scope, account: { ...scope.account }, db: countingHandle(scope.db, () => void asked++) };
    const row = {
      account_id: scope.account.id,
      contact_id: newId(),
      position: 0,
      channel: "email",
      value_key: ann,
    } as const;
    const batches = async (count: number) => {
      asked = 0;
      for (let n = 0; n < count; n++) await withSuppression(counted, [row]);
      return asked;
    };
    expect(await batches(20)).toBe(1);
    clock.advance(MINUTE_MS);
    expect(await batches(20)).toBe(1);
    await suppress(scope, email(ann));
    clock.advance(MINUTE_MS);
    // The first of them asks whether it is empty, too.
    expect(await batches(20)).toBe(21);
  });

  test("a contact's page is told which of its values are there, and why", async () => {
    const { scope, clock } = await firm();
    const since = clock.now();
    const { id } = await suppress(scope, email(ann, { reason: "unsubscribed" }));
    clock.advance(1_000);
    await suppress(scope, email(ann, { reason: "complained" }));
    const made = await given.contact(scope, {
      familyName: "Okafor",
      emails: emails("b@okafor.example", "ANN@okafor.example"),
    });
    expect((await findContact(scope, made.id))?.suppressed).toEqual([
      { id, channel: "email", value: "ANN@okafor.example", reason: "unsubscribed", since },
    ]);
  });

  test("whatever is imported, edited and undone, what is on it stays there, and every point of it is marked", async () => {
    const { scope, clock } = await firm();
    const people = ["ann", "ben", "cleo"] as const;
    type Person = (typeof people)[number];
    const address = (person: Person) => `${person}@okafor.example`;
    let changeSets: string[] = [];
    let contactId = "";
    const doings = {
      import: async (person: Person) => {
        const row = { "Given name": person, "Family name": "Okafor", Email: address(person), Company: newId() };
        changeSets.push(await importedRows(scope, [row]));
      },
      undo: async () => {
        const last = changeSets.pop();
        if (last) await undoneWholly(scope, last, true);
      },
      edit: async (person: Person) => {
        const contact = await findContact(scope, contactId);
        if (!contact) return;
        const values = { ...contact.values, emails: emails(address(person)), company: newId() };
        await editContact(scope, contactId, { version: contact.version, values });
      },
      change: async () => {
        await bulk(scope, { ids: [contactId] }, { what: "field", field: "jobTitle", value: newId() });
      },
      archive: async () => archiveContact(scope, contactId),
      restore: async () => restoreContact(scope, contactId),
      serve: async () => serveContacts(machine(scope), [contactId]),
      suppress: async (person: Person) => suppress(machine(scope), email(address(person), { reason: "unsubscribed" })),
    };
    const doing = fc.tuple(
      fc.constantFrom(...(Object.keys(doings) as (keyof typeof doings)[])),
      fc.constantFrom(...people),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 2, maxLength: 7 }), async (list) => {
        changeSets = [];
        contactId = (await given.contact(scope, { familyName: newId(), emails: emails(address("ben")) })).id;
        await suppress(scope, email(address("ann"), { reason: "complained" }));
        for (const [name, person] of list) {
          clock.advance(MINUTE_MS);
          await doings[name](person);
          for (const each of people) {
            const forbidden = await isSuppressed(scope, "email", address(each));
            if (each === "ann") expect(forbidden).toBe(true);
            for (const [value, since] of await marks(scope)) {
              if (value === address(each)) expect([value, since !== null]).toEqual([value, forbidden]);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
