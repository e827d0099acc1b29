import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCalled } from "~/features/campaigns/call-desk/find-called.server";
import { leaveContact, nextContact, takeContact } from "~/features/campaigns/call-desk/next-contact.server";
import { type NewCall, recordCall } from "~/features/campaigns/call-desk/record-call.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { listRecipients } from "~/features/campaigns/recipients/list-recipients.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS, later } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { callers, numberOf, roundOfCalls } from "~/testing/given-calls";
import { plan } from "~/testing/given-campaigns";

const NOON = "2026-05-20T11:30:00.000Z";
const nothing: NewCall = {
  ...{ outcome: "no-answer", note: null, valueMinor: null },
  ...{ callBackAt: null, wrongNumber: null, after: null },
};

async function stands(scope: Scope, campaignId: string, contactId: string) {
  return scope.db
    .selectFrom("recipients")
    .select(["delivery", "delivery_note", "delivery_at", "tries", "next_at", "reserved_by", "response"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .executeTakeFirstOrThrow();
}

async function done(scope: Scope, who: { campaignId: string; contactId: string }, call: Partial<NewCall>) {
  const recorded = await recordCall(scope, who, { ...nothing, ...call });
  if (!recorded.ok) throw new Error(recorded.reason);
  return recorded.changeSetId;
}

/** As its row says and as a count of the whole list says: the same. */
async function counts(scope: Scope, campaignId: string) {
  const kept = await findCampaign(scope, campaignId);
  await inTransaction(scope, (scope) => countRecipients(scope, campaignId));
  expect(await findCampaign(scope, campaignId)).toEqual(kept);
  const { reached, failed, converted, reachedConverted, valueMinor } = kept ?? {};
  return { reached, failed, converted, reachedConverted, valueMinor };
}

async function lastCallOf(scope: Scope, { contactId }: { contactId: string }) {
  const { id } = await scope.db
    .selectFrom("calls")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  return id;
}

describe.each(databases)("what came of a call, on %s", (engine) => {
  test("leaves reached who was spoken to before, unless they were to be called back", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope);
    const who = { campaignId, contactId: ids[0] ?? "" };
    await done(scope, who, { outcome: "spoken" });
    await done(scope, who, { outcome: "no-answer", after: await lastCallOf(scope, who) });
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({
      delivery: "spoken",
      next_at: null,
      tries: 2,
    });
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 1 });
    const callBackAt = later(NOON, HOUR_MS);
    await done(scope, who, { outcome: "call-back", callBackAt, after: await lastCallOf(scope, who) });
    await done(scope, who, { outcome: "no-answer", after: await lastCallOf(scope, who) });
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "no-answer", tries: 4 });
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 0 });
  });

  test("is one change with one Undo: the call, what they answered, and its value", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope);
    const who = { campaignId, contactId: ids[0] ?? "" };
    await nextContact(scope, campaignId);
    const changeSetId = await done(scope, who, { outcome: "converted", note: "Wants\nit soon", valueMinor: 145_000n });
    expect(await stands(scope, campaignId, who.contactId)).toEqual({
      ...{ delivery: "spoken", delivery_note: "Wants it soon", delivery_at: NOON, tries: 1, next_at: null },
      ...{ reserved_by: null, response: "converted" },
    });
    const one = { reached: 1, failed: 0, converted: 1, reachedConverted: 1, valueMinor: 145_000n };
    expect(await counts(scope, campaignId)).toEqual(one);
    const answers = (await findRecipient(scope, who))?.answers;
    expect(answers).toMatchObject([{ how: "phone", respondedOn: "2026-05-20", valueMinor: 145_000n }]);
    const [latest] = (await listHistory(scope, who.contactId)).entries;
    expect(latest).toMatchObject({ what: "Called for a campaign" });
    const undone = await undoChangeSet(scope, changeSetId, undoing);
    expect(undone).toMatchObject({ ok: true, leftAlone: [] });
    const none = { reached: 0, failed: 0, converted: 0, reachedConverted: 0, valueMinor: 0n };
    expect(await counts(scope, campaignId)).toEqual(none);
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "none", tries: 0 });
    expect(await nextContact(scope, campaignId)).toMatchObject({ contactId: who.contactId });
    const redo = undone.ok && "changeSetId" in undone ? (undone.changeSetId ?? "") : "";
    expect(await undoChangeSet(scope, redo, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    expect(await counts(scope, campaignId)).toEqual(one);
  });

  test("no answer is tried again after a pause; an earlier call taken back leaves the later one as it is", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1 });
    const who = { campaignId, contactId: ids[0] ?? "" };
    const first = await done(scope, who, { note: "It rang" });
    const nobody = { ok: false, reason: "nobody", leftOut: 0 };
    expect(await nextContact(scope, campaignId)).toEqual(nobody);
    clock.advance(4 * HOUR_MS);
    expect(await nextContact(scope, campaignId)).toMatchObject({ ok: true });
    const second = await done(scope, who, { after: await lastCallOf(scope, who) });
    const twice = { delivery: "no-answer", tries: 2, next_at: later(clock.now(), 4 * HOUR_MS), delivery_note: null };
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject(twice);
    await undoChangeSet(scope, first, undoing);
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ ...twice, tries: 1 });
    await undoChangeSet(scope, second, undoing);
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "none", tries: 0, next_at: null });
  });

  test("after the fifth try nobody is given them any more", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1 });
    const who = { campaignId, contactId: ids[0] ?? "" };
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await nextContact(scope, campaignId)).toMatchObject({ ok: true });
      await done(scope, who, { after: tries === 0 ? null : await lastCallOf(scope, who) });
      clock.advance(5 * HOUR_MS);
    }
    expect(await nextContact(scope, campaignId)).toMatchObject({ reason: "nobody" });
  });

  test("a call-back comes at its time", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 2 });
    const who = { campaignId, contactId: ids[0] ?? "" };
    const callBackAt = later(NOON, 2 * HOUR_MS);
    await done(scope, who, { outcome: "call-back", callBackAt, note: "After lunch" });
    expect(await nextContact(scope, campaignId)).toMatchObject({ contactId: ids[1] });
    await leaveContact(scope, { campaignId, contactId: ids[1] ?? "" });
    clock.set(callBackAt);
    expect(await nextContact(scope, campaignId)).toMatchObject({ contactId: ids[0] });
  });

  test("a wrong number is used no more by anybody, until that is undone", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(NOON) });
    const same = { phones: [{ label: null, value: numberOf(0) }] };
    const { campaignId, ids } = await roundOfCalls(scope, { size: 2 });
    const other = await given.contact(scope, { givenName: "Kemi", ...same });
    const who = { campaignId, contactId: ids[0] ?? "" };
    const changeSetId = await done(scope, who, { outcome: "wrong-number", wrongNumber: numberOf(0), note: "A bakery" });
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 0, failed: 1 });
    const listed = [expect.objectContaining({ value: numberOf(0), reason: "bad-address" })];
    expect((await findContact(scope, who.contactId))?.suppressed).toEqual(listed);
    expect((await findContact(scope, other.id))?.suppressed).toEqual(listed);
    expect(await undoChangeSet(scope, changeSetId, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    expect((await findContact(scope, other.id))?.suppressed).toEqual([]);
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 0, failed: 0 });
  });

  test("a wrong number leaves the other one to be called; when that is wrong, too, they cannot be reached", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(NOON) });
    const [first, second] = [numberOf(40), numberOf(41)];
    const phones = [first, second].map((value) => ({ label: null, value }));
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1, people: { 0: { phones } } });
    const who = { campaignId, contactId: ids[0] ?? "" };
    await done(scope, who, { outcome: "wrong-number", wrongNumber: first });
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "none", tries: 1 });
    expect(await counts(scope, campaignId)).toMatchObject({ failed: 0 });
    expect(await nextContact(scope, campaignId)).toEqual({ ok: true, contactId: who.contactId, leftOut: 0 });
    const recipients = await listRecipients(scope, { id: campaignId, channel: "phone" }, { response: null });
    expect(recipients.recipients).toMatchObject([{ address: second, leftOut: null }]);

    const after = (await findCalled(scope, who))?.said[0]?.id ?? null;
    const changeSetId = await done(scope, who, { outcome: "wrong-number", wrongNumber: second, after });
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "wrong-number", tries: 2 });
    expect(await counts(scope, campaignId)).toMatchObject({ failed: 1 });
    expect(await nextContact(scope, campaignId)).toMatchObject({ ok: false, reason: "nobody" });
    expect(await undoChangeSet(scope, changeSetId, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    expect(await stands(scope, campaignId, who.contactId)).toMatchObject({ delivery: "none", tries: 1 });
    expect(await counts(scope, campaignId)).toMatchObject({ failed: 0 });
  });

  test("nothing is recorded twice, nor of somebody who is on another's page", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1 });
    const [other] = (await callers(scope, 1)) as [Scope];
    const who = { campaignId, contactId: ids[0] ?? "" };
    await takeContact(other, who);
    const reserved = { ok: false, reason: "reserved", by: other.user?.name };
    expect(await recordCall(scope, who, nothing)).toMatchObject(reserved);
    const twice = await Promise.all([recordCall(other, who, nothing), recordCall(other, who, nothing)]);
    expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(twice).toContainEqual({ ok: false, reason: "recorded-since", isSame: true });
    expect(await recordCall(scope, who, nothing)).toEqual({ ok: false, reason: "recorded-since", isSame: false });
    expect((await stands(scope, campaignId, who.contactId)).tries).toBe(1);
  });

  test("taking a call back leaves them on the page of whoever has them", async () => {
    const clock = testClock(NOON);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1 });
    const [other] = (await callers(scope, 1)) as [Scope];
    const who = { campaignId, contactId: ids[0] ?? "" };
    const first = await done(scope, who, {});
    await takeContact(other, who);
    await undoChangeSet(scope, first, undoing);
    expect((await stands(scope, campaignId, who.contactId)).reserved_by).toBe(other.user?.id);
    expect(await nextContact(scope, campaignId)).toMatchObject({ reason: "nobody" });
  });

  test("there is nobody to call of another account, of a draft, or of a mailing", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(NOON) });
    const { campaignId, ids } = await roundOfCalls(scope);
    const others = await given.scope(engine);
    const notFound = { ok: false, reason: "not-found" };
    expect(await recordCall(others, { campaignId, contactId: ids[0] ?? "" }, nothing)).toEqual(notFound);
    const mailing = await plan(scope, "email");
    expect(await recordCall(scope, { campaignId: mailing, contactId: ids[0] ?? "" }, nothing)).toEqual(notFound);
  });
});
