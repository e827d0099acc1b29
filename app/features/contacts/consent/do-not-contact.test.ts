import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveContact, restoreContact } from "~/features/contacts/deletion/archive-contacts.server";
import {
  type Channel,
  channels,
  consentOf,
  type Mark,
  maySend,
  reachableBy,
} from "~/features/contacts/consent/consent";
import { nothingKnown } from "~/features/contacts/contact";
import { liftMark, markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { serveConsent, serveContacts } from "~/features/contacts/serve-contact.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const place = { timeZone: "Europe/London", locale: "en-GB" };

const mark = (channel: Channel, more: Partial<Mark> = {}): Mark => ({
  id: newId(),
  channel,
  reason: "asked by phone",
  markedAt: "2026-05-03T10:00:00.000Z",
  markedBy: "Ann Okafor",
  liftedAt: null,
  ...more,
});

describe("consent", () => {
  test("is what the strictest open mark says, however many are lifted", () => {
    const lifted = { liftedAt: "2026-06-01T10:00:00.000Z" };
    const [older, newer] = [mark("email"), mark("email", { markedAt: "2026-05-04T10:00:00.000Z" })];
    expect(consentOf([newer, older, mark("phone", lifted)])).toEqual({ email: older, phone: null, letter: null });
    expect(consentOf([{ ...older, ...lifted }, newer]).email).toEqual(newer);
  });

  test("is never got by saying more: with one mark more it forbids at least what it forbade", () => {
    const anyMark = fc
      .record({ channel: fc.constantFrom(...channels), lifted: fc.boolean(), day: fc.integer({ min: 10, max: 28 }) })
      .map(({ channel, lifted, day }) =>
        mark(channel, {
          markedAt: `2026-05-${day}T10:00:00.000Z`,
          liftedAt: lifted ? "2026-06-01T10:00:00.000Z" : null,
        }),
      );
    fc.assert(
      fc.property(fc.array(anyMark), anyMark, (marks, another) => {
        const [before, after] = [consentOf(marks), consentOf([...marks, another])];
        for (const channel of channels) if (before[channel]) expect(after[channel]).not.toBeNull();
      }),
    );
  });

  const ann = {
    values: { ...nothingKnown, emails: [{ value: "ann@okafor.example", label: null }] },
    archived: null,
    marks: [],
  };

  test("tells of every channel whether somebody may be reached by it, and why not", () => {
    expect(reachableBy({ ...ann, marks: [mark("phone")] }, place)).toEqual({
      email: { ok: true },
      phone: { ok: false, reason: "Do not ring: asked by phone, 3 May 2026, Ann Okafor." },
      letter: { ok: false, reason: "No address is known." },
    });
    expect(maySend({ ...ann, archived: { at: "", by: null } }, "email", place)).toEqual({
      ok: false,
      reason: "Archived.",
    });
  });

  test("nothing is sent to the dead", () => {
    const reason = "Died on 11 February 2026.";
    const dead = { ...ann, values: { ...ann.values, diedOn: "2026-02-11" } };
    expect(reachableBy(dead, place)).toEqual({
      email: { ok: false, reason },
      phone: { ok: false, reason },
      letter: { ok: false, reason },
    });
  });
});

async function since(scope: Scope, contactId: string) {
  return scope.db
    .selectFrom("contacts")
    .select(["no_email_at", "no_phone_at", "no_letter_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .executeTakeFirstOrThrow();
}

describe.each(databases)("do not contact on %s", (engine) => {
  test("is marked with reason, date and who; marks are lifted one by one and kept", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "user", { clock });
    const { id } = await given.contact(scope, { givenName: "Folasade", familyName: "Adebayo" });
    const first = clock.now();
    const both = { channels: ["email", "letter"] as const, reason: "asked by phone" };
    expect(await markDoNotContact(scope, id, both)).toMatchObject({
      ok: true,
      marked: ["email", "letter"],
    });
    clock.advance(1_000);
    const again = { channels: ["email"] as const, reason: "asked by phone" };
    expect(await markDoNotContact(scope, id, again)).toEqual({ ok: true, marked: [], changeSetId: null });
    await markDoNotContact(scope, id, { ...again, reason: "unsubscribed" });
    expect(await since(scope, id)).toEqual({ no_email_at: first, no_phone_at: null, no_letter_at: first });

    const open = (await findContact(scope, id))?.marks ?? [];
    const [older, newer] = open.filter(({ channel }) => channel === "email").sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(older).toMatchObject({ reason: "asked by phone", markedAt: first, markedBy: scope.user?.name });
    expect(await liftMark(scope, { contactId: id, markId: older!.id })).toMatchObject({ ok: true, channel: "email" });
    expect(await liftMark(scope, { contactId: id, markId: older!.id })).toEqual({
      ok: true,
      channel: "email",
      changeSetId: null,
    });
    expect((await since(scope, id)).no_email_at).toBe(newer!.markedAt);
    await liftMark(scope, { contactId: id, markId: newer!.id });
    expect((await since(scope, id)).no_email_at).toBeNull();
    expect((await findContact(scope, id))?.marks).toHaveLength(3);
  });

  test("is no business of another account, nor of a contact that is not there", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const { id } = await given.contact(scope, { familyName: "Adebayo" });
    const notFound = { ok: false, reason: "not-found" };
    expect(await markDoNotContact(other, id, { channels: ["email"], reason: null })).toEqual(notFound);
    expect(await markDoNotContact(scope, "none", { channels: ["email"], reason: null })).toEqual(notFound);
    await markDoNotContact(scope, id, { channels: ["email"], reason: null });
    const markId = (await findContact(scope, id))?.marks[0]?.id ?? "";
    expect(await liftMark(other, { contactId: id, markId })).toEqual(notFound);
  });

  test("is never lifted by a machine, whatever is done to the contact", async () => {
    const scope = await given.scope(engine, "user");
    const machine: Scope = { ...scope, user: null, role: "system" };
    const doings: Record<string, (id: string) => Promise<unknown>> = {
      archive: (id) => archiveContact(scope, id),
      restore: (id) => restoreContact(scope, id),
      edit: async (id) => {
        const contact = await findContact(scope, id);
        const values = { ...contact!.values, company: `Firm ${newId()}`, emails: [] };
        return editContact(scope, id, { version: contact!.version, values });
      },
      unpin: (id) => unpinField(scope, id, "company"),
      serve: (id) => serveContacts(machine, [id]),
      serveConsent: (id) => serveConsent(machine, [id]),
      mark: (id) => markDoNotContact(machine, id, { channels: ["phone"], reason: "the number is dead" }),
      lift: async (id) => {
        const { marks } = (await findContact(scope, id))!;
        for (const { id: markId } of marks) {
          expect(await liftMark(machine, { contactId: id, markId })).toEqual({ ok: false, reason: "only-a-person" });
        }
      },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(doings)), { maxLength: 6 }), async (names) => {
        const { id } = await given.contact(scope, { familyName: "Adebayo", emails: [] });
        await markDoNotContact(scope, id, { channels: ["email"], reason: "asked by phone" });
        const { no_email_at: from } = await since(scope, id);
        for (const name of names) await doings[name]!(id);
        expect(from).not.toBeNull();
        expect((await since(scope, id)).no_email_at).toBe(from);
      }),
      { numRuns: 15 },
    );
  });
});
