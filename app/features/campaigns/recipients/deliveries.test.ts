import { describe, expect, test } from "vitest";
import sweep from "../../../../jobs/sweep";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { sent } from "~/testing/given-answers";
import { plan } from "~/testing/given-campaigns";

const clock = testClock("2026-05-20T12:00:00.000Z");

/** A round of calls that has begun, with two people on its list. */
async function begun(scope: Scope) {
  const campaignId = await plan(scope, "phone");
  const people = [];
  for (const [name, value] of [
    ["Folasade", "+442079460311"],
    ["Ruairí", "+442079460312"],
  ] as const) {
    people.push(await given.contact(scope, { givenName: name, phones: [{ label: null, value }] }));
  }
  const [first = "", second = ""] = people.map(({ id }) => id);
  await addContacts(scope, campaignId, [first, second]);
  expect(await startCampaign(scope, campaignId)).toEqual({ ok: true });
  return { campaignId, first, second };
}

/** How many were reached and answered, as its row says and as a count of the whole list says: the same. */
async function counts(scope: Scope, campaignId: string) {
  const kept = await findCampaign(scope, campaignId);
  await inTransaction(scope, (scope) => countRecipients(scope, campaignId));
  expect(await findCampaign(scope, campaignId)).toEqual(kept);
  const { reached, failed, reachedResponded, reachedConverted, responded } = kept ?? {};
  return { reached, failed, reachedResponded, reachedConverted, responded };
}

describe.each(databases)("how far a campaign has come with somebody, on %s", (engine) => {
  test("is marked once, and counted for the campaign", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, first, second } = await begun(scope);
    const spoken = { mark: { delivery: "spoken" }, from: ["none"] } as const;
    const twice = () => inTransaction(scope, (scope) => markDelivery(scope, campaignId, [first, second], spoken));
    expect(await twice()).toHaveLength(2);
    expect(await twice()).toEqual([]);
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 2, failed: 0, responded: 0 });
  });

  test("shares are of those who were reached: who answered unreached is not among them", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, first, second } = await begun(scope);
    const who = { campaignId, contactIds: [first] };
    await recordDelivery(scope, who, { mark: { delivery: "spoken" }, from: ["none"] });
    const answer = { respondedOn: "2026-05-19", how: "phone", note: null, valueMinor: null } as const;
    await recordResponse(scope, { campaignId, contactId: first }, { ...answer, response: "converted" });
    await recordResponse(scope, { campaignId, contactId: second }, { ...answer, response: "responded" });
    expect(await counts(scope, campaignId)).toEqual({
      ...{ reached: 1, failed: 0, responded: 2, reachedResponded: 1, reachedConverted: 1 },
    });
  });

  test("stands in the contact's history and is undone, unless something else was said since", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, first } = await begun(scope);
    const who = { campaignId, contactIds: [first] };
    const wrong = { mark: { delivery: "wrong-number", note: "A bakery" }, from: ["none", "no-answer"] } as const;
    const recorded = await recordDelivery(scope, who, wrong);
    if (!recorded.ok) throw new Error(recorded.reason);
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 0, failed: 1 });
    const [latest] = (await listHistory(scope, first)).entries;
    expect(latest?.changes).toEqual([
      expect.objectContaining({ label: "Spring review 2026", before: "Not yet", after: "Wrong number, A bakery" }),
    ]);
    expect(await undoChangeSet(scope, recorded.changeSetId, undoing)).toMatchObject({ ok: true });
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 0, failed: 0 });
    const again = await recordDelivery(scope, who, wrong);
    if (!again.ok) throw new Error(again.reason);
    await recordDelivery(scope, who, { mark: { delivery: "spoken" }, from: ["wrong-number"] });
    await undoChangeSet(scope, again.changeSetId, undoing);
    expect(await counts(scope, campaignId)).toMatchObject({ reached: 1, failed: 0 });
  });

  test("that came back before it was noted as handed over is not known when that is undone, and not under way for ever", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, contactId } = await sent(scope);
    const who = { campaignId, contactIds: [contactId] };
    const claimed = { mark: { delivery: "claimed" }, from: ["accepted"] } as const;
    await inTransaction(scope, (scope) => markDelivery(scope, campaignId, [contactId], claimed));
    const bounced = await recordDelivery(scope, who, { mark: { delivery: "bounced" }, from: ["claimed"] });
    if (!bounced.ok) throw new Error(bounced.reason);
    const undone = await undoChangeSet(scope, bounced.changeSetId, undoing);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ unknown: 1, failed: 0 });
    const changeSetId = undone.ok && "changeSetId" in undone ? (undone.changeSetId ?? "") : "";
    expect(await undoChangeSet(scope, changeSetId, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ unknown: 0, failed: 1 });
  });

  test("of whoever goes for good a campaign keeps that they answered, and nothing that says who they were", async () => {
    const later = testClock("2026-05-20T12:00:00.000Z");
    const scope = await given.scope(engine, "admin", { clock: later });
    const { campaignId, first } = await begun(scope);
    const answer = { respondedOn: "2026-05-19", how: "phone", note: "Her sister rang", valueMinor: null } as const;
    await recordResponse(scope, { campaignId, contactId: first }, { ...answer, response: "responded" });
    await deleteContacts(scope, [first]);
    later.advance(31 * DAY_MS);
    await sweep({}, given.job(await given.installation(engine, { clock: later })));
    const rows = await scope.db
      .selectFrom("recipients")
      .select(["name_key", "address_key", "response"])
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "=", first)
      .execute();
    expect(rows).toEqual([{ name_key: "", address_key: null, response: "responded" }]);
    const recipient = await findRecipient(scope, { campaignId, contactId: first });
    expect(recipient).toMatchObject({ name: null, answers: [{ response: "responded", note: null }] });
    expect(await counts(scope, campaignId)).toMatchObject({ responded: 1 });
  });

  test("another account's recipient is not there", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, first } = await begun(scope);
    const others = await given.scope(engine, "admin", { clock });
    const who = { campaignId, contactIds: [first] };
    const said = await recordDelivery(others, who, { mark: { delivery: "spoken" }, from: ["none"] });
    expect(said).toEqual({ ok: false, reason: "not-found" });
  });
});
