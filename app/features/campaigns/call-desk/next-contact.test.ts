import { afterEach, describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { leaveContact, nextContact, takeContact } from "~/features/campaigns/call-desk/next-contact.server";
import { recordCall } from "~/features/campaigns/call-desk/record-call.server";
import { countLeftOut } from "~/features/campaigns/recipients/list-recipients.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { completeCampaign } from "~/features/campaigns/start-campaign.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS, later, MINUTE_MS } from "~/platform/time";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { callers, numberOf, roundOfCalls } from "~/testing/given-calls";
import { plan } from "~/testing/given-campaigns";

const MORNING = "2026-05-20T09:00:00.000Z";
const states = ["none", "no-answer", "call-back", "spoken"] as const;

async function reserved(scope: Scope, campaignId: string): Promise<string> {
  const next = await nextContact(scope, campaignId);
  return next.ok ? next.contactId : next.reason;
}

function mark(scope: Scope, campaignId: string, contactId: string, mark: Parameters<typeof markDelivery>[3]["mark"]) {
  return inTransaction(scope, (scope) => markDelivery(scope, campaignId, [contactId], { mark, from: states }));
}

describe.each(databases)("the next contact of a round of calls, on %s", (engine) => {
  let own: TestDatabase | null = null;
  afterEach(async () => {
    await own?.close();
    own = null;
  });

  test.each([2, 10])("%d callers who press at once never get the same one", async (count) => {
    own = await openTestDatabase(engine, { poolSize: count + 2 });
    const scope = await given.scope(engine, "admin", { clock: testClock(MORNING), database: own });
    const { campaignId, ids } = await roundOfCalls(scope, { size: count + 1 });
    const people = await callers(scope, count);
    for (let round = 0; round < 5; round += 1) {
      const given = await Promise.all(people.map((caller) => reserved(caller, campaignId)));
      expect(new Set(given).size).toBe(count);
      expect(ids).toEqual(expect.arrayContaining(given));
      await Promise.all(people.map((each, at) => leaveContact(each, { campaignId, contactId: given[at] ?? "" })));
    }
  });

  test("more callers than contacts: each contact is given once, the others are told that nobody is left", async () => {
    own = await openTestDatabase(engine, { poolSize: 8 });
    const scope = await given.scope(engine, "admin", { clock: testClock(MORNING), database: own });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 3 });
    const people = await callers(scope, 6);
    const found = await Promise.all(people.map((caller) => reserved(caller, campaignId)));
    expect(found.filter((each) => each !== "nobody").sort()).toEqual([...ids].sort());
  });

  test("callers who work through a list at once call everybody once", async () => {
    own = await openTestDatabase(engine, { poolSize: 8 });
    const scope = await given.scope(engine, "admin", { clock: testClock(MORNING), database: own });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 24 });
    const spoken = { outcome: "responded", note: null, valueMinor: null, callBackAt: null } as const;
    const work = async (caller: Scope) => {
      const called: string[] = [];
      for (let next = await nextContact(caller, campaignId); next.ok; next = await nextContact(caller, campaignId)) {
        const who = { campaignId, contactId: next.contactId };
        const done = await recordCall(caller, who, { ...spoken, wrongNumber: null, after: null });
        expect(done).toMatchObject({ ok: true });
        called.push(next.contactId);
      }
      return called;
    };
    const called = (await Promise.all((await callers(scope, 6)).map(work))).flat();
    expect(called.sort()).toEqual([...ids].sort());
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 24, responded: 24, reachedResponded: 24 });
  });

  test("is the one that is on their page already, and somebody else's when its time is over", async () => {
    const clock = testClock(MORNING);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 1 });
    const [other] = (await callers(scope, 1)) as [Scope];
    expect(await reserved(scope, campaignId)).toBe(ids[0]);
    expect(await reserved(scope, campaignId)).toBe(ids[0]);
    clock.advance(14 * MINUTE_MS);
    expect(await reserved(other, campaignId)).toBe("nobody");
    const who = { campaignId, contactId: ids[0] ?? "" };
    const until = later(clock.now(), MINUTE_MS);
    expect(await takeContact(other, who)).toEqual({ ok: false, reason: "reserved", by: scope.user?.name, until });
    // Renewed: a quarter of an hour from now.
    expect(await takeContact(scope, who)).toEqual({ ok: true, until: later(clock.now(), 15 * MINUTE_MS) });
    clock.advance(14 * MINUTE_MS);
    expect(await reserved(other, campaignId)).toBe("nobody");
    clock.advance(MINUTE_MS);
    expect(await reserved(other, campaignId)).toBe(ids[0]);
    expect(await leaveContact(scope, who)).toBe(false);
  });

  test("whoever leaves one is given the others first; others may have it at once", async () => {
    const clock = testClock(MORNING);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 2 });
    const [other] = (await callers(scope, 1)) as [Scope];
    expect(await reserved(scope, campaignId)).toBe(ids[0]);
    expect(await leaveContact(scope, { campaignId, contactId: ids[0] ?? "" })).toBe(true);
    expect(await reserved(scope, campaignId)).toBe(ids[1]);
    expect(await reserved(other, campaignId)).toBe(ids[0]);
    await leaveContact(other, { campaignId, contactId: ids[0] ?? "" });
    await leaveContact(scope, { campaignId, contactId: ids[1] ?? "" });
    // There is nothing else for them.
    expect(await reserved(other, campaignId)).toBe(ids[1]);
    expect(await reserved(scope, campaignId)).toBe(ids[0]);
  });

  test("call-backs that are due come first, then who was not called, then who did not answer a while ago", async () => {
    const clock = testClock(MORNING);
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 5 });
    const [again = "", later1 = "", fresh = "", due = "", worn = ""] = ids;
    const now = clock.now();
    await mark(scope, campaignId, again, { delivery: "no-answer", nextAt: now, isTry: true });
    await mark(scope, campaignId, later1, { delivery: "call-back", nextAt: later(now, HOUR_MS) });
    await mark(scope, campaignId, due, { delivery: "call-back", nextAt: now });
    const since = { at: now, by: null, tries: 5 };
    await mark(scope, campaignId, worn, { delivery: "no-answer", nextAt: now, since });
    const order = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const contactId = await reserved(scope, campaignId);
      order.push(contactId);
      if (contactId !== "nobody") await mark(scope, campaignId, contactId, { delivery: "spoken" });
    }
    expect(order).toEqual([due, fresh, again, "nobody"]);
    clock.advance(HOUR_MS);
    expect(await reserved(scope, campaignId)).toBe(later1);
  });

  test("who is not to be called any more is left out, counted, and the next one is given", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(MORNING) });
    const { campaignId, ids } = await roundOfCalls(scope, { size: 5 });
    const [archived = "", forbidden = "", listed = "", gone = "", good = ""] = ids;
    await archiveContact(scope, archived);
    await markDoNotContact(scope, forbidden, { channels: ["phone"], reason: "asked us to stop" });
    await suppress(scope, { channel: "phone", value: numberOf(2), reason: "complained", source: "person" });
    expect(listed).not.toBe("");
    await scope.db.deleteFrom("contacts").where("account_id", "=", scope.account.id).where("id", "=", gone).execute();
    expect(await nextContact(scope, campaignId)).toEqual({ ok: true, contactId: good, leftOut: 4 });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ listed: 5, leftOut: 4 });
    expect(await countLeftOut(scope, campaignId)).toEqual(
      expect.arrayContaining([
        { reason: "archived", count: 2, answered: 0 },
        { reason: "do-not-contact", count: 1, answered: 0 },
        { reason: "suppressed", count: 1, answered: 0 },
      ]),
    );
    const who = { campaignId, contactId: forbidden };
    expect(await takeContact(scope, who)).toEqual({ ok: false, reason: "left-out", why: "do-not-contact" });
  });

  test("there is none of a campaign that is not called, has ended, or is another account's", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock(MORNING) });
    const { campaignId, ids } = await roundOfCalls(scope);
    const others = await given.scope(engine);
    expect(await reserved(others, campaignId)).toBe("not-found");
    expect(await leaveContact(others, { campaignId, contactId: ids[0] ?? "" })).toBe(false);
    expect(await reserved(scope, await plan(scope, "email"))).toBe("not-found");
    expect(await reserved(scope, await plan(scope, "phone"))).toBe("not-running");
    expect(await takeContact(scope, { campaignId, contactId: newId() })).toEqual({ ok: false, reason: "not-found" });
    await completeCampaign(scope, campaignId);
    expect(await reserved(scope, campaignId)).toBe("not-running");
  });
});
