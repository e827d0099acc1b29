import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { type Answer, recordResponse } from "~/features/campaigns/responses/record-response.server";
import { completeCampaign, resumeCampaign, startCampaign } from "~/features/campaigns/start-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const clock = testClock("2026-05-20T12:00:00.000Z");

/** A round of calls that has begun, with one person on its list. */
async function begun(scope: Scope) {
  const campaignId = await plan(scope, "phone");
  const phones = [{ label: null, value: "+442079460311" }];
  const { id: contactId } = await given.contact(scope, { givenName: "Folasade", familyName: "Adebayo", phones });
  await addContacts(scope, campaignId, [contactId]);
  expect(await startCampaign(scope, campaignId)).toEqual({ ok: true });
  return { campaignId, contactId };
}

function answer(response: Answer["response"], respondedOn: string, more: Partial<Answer> = {}): Answer {
  return { response, respondedOn, how: "by-hand", note: null, valueMinor: null, ...more };
}

async function undone(scope: Scope, changeSetId: string) {
  const result = await undoChangeSet(scope, changeSetId, undoing);
  if (!result.ok || !("changeSetId" in result)) throw new Error("It was not undone at once");
  return result;
}

describe.each(databases)("what a recipient answers, on %s", (engine) => {
  test("is counted once, as the last of it says, with the value of a conversion, and stands in the contact's history", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const who = await begun(scope);
    await recordResponse(scope, who, answer("responded", "2026-05-04", { note: "Rang us back." }));
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ responded: 1, converted: 0, valueMinor: 0n });
    await recordResponse(scope, who, answer("converted", "2026-05-09", { valueMinor: 145_000n }));
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({
      ...{ responded: 1, converted: 1, notInterested: 0, valueMinor: 145_000n },
    });
    const recipient = await findRecipient(scope, who);
    expect(recipient?.answers.map(({ response, respondedOn }) => [response, respondedOn])).toEqual([
      ["converted", "2026-05-09"],
      ["responded", "2026-05-04"],
    ]);
    const [latest] = (await listHistory(scope, who.contactId)).entries;
    expect(latest).toMatchObject({
      what: "Answered a campaign",
      changes: [{ label: "Spring review 2026", before: "Responded, 4 May 2026", after: "Converted, 9 May 2026" }],
    });
  });

  test("is taken back by its Undo, comes back by the redo, and leaves what was recorded since", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const who = await begun(scope);
    const first = await recordResponse(scope, who, answer("converted", "2026-05-04", { valueMinor: 500n }));
    const back = await undone(scope, first.ok ? first.changeSetId : "");
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ responded: 0, converted: 0, valueMinor: 0n });
    expect(await findRecipient(scope, who)).toMatchObject({ response: "pending", answers: [{ isWithdrawn: true }] });
    await undone(scope, back.changeSetId ?? "");
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ converted: 1, valueMinor: 500n });
    await recordResponse(scope, who, answer("not-interested", "2026-05-12"));
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ responded: 0, notInterested: 1, valueMinor: 0n });
  });

  test("is not recorded of a draft, of a day to come, or of whoever is not on the list; late answers are", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const who = await begun(scope);
    const draft = await plan(scope, "letter");
    await addContacts(scope, draft, [who.contactId]);
    const of = (campaignId: string) => ({ ...who, campaignId });
    expect(await recordResponse(scope, of(draft), answer("responded", "2026-05-04"))).toMatchObject({
      reason: "is-draft",
    });
    expect(await recordResponse(scope, who, answer("responded", "2026-05-21"))).toMatchObject({ reason: "in-future" });
    const { id } = await given.contact(scope, { givenName: "Tunde", familyName: "Adebayo" });
    expect(await recordResponse(scope, { ...who, contactId: id }, answer("responded", "2026-05-04"))).toMatchObject({
      reason: "not-found",
    });
    await completeCampaign(scope, who.campaignId);
    expect(await recordResponse(scope, who, answer("responded", "2026-05-04"))).toMatchObject({ ok: true });
    expect(await resumeCampaign(scope, who.campaignId)).toEqual({ ok: true });
  });

  test("no campaign begins without anybody to write to, and an email not at all but by being sent", async () => {
    const scope = await given.scope(engine);
    expect(await startCampaign(scope, await plan(scope, "letter"))).toEqual({ ok: false, reason: "nobody" });
    expect(await startCampaign(scope, await plan(scope, "email"))).toEqual({ ok: false, reason: "is-sent" });
  });
});
