import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { listRecipients } from "~/features/campaigns/recipients/list-recipients.server";
import { takeOff } from "~/features/campaigns/recipients/take-off.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const phones = (value: string) => ({ phones: [{ label: null, value }] });

async function threeToCall(scope: Scope) {
  const campaignId = await plan(scope, "phone");
  const { id: amara } = await given.contact(scope, {
    ...{ givenName: "Amara", familyName: "Okafor", ...phones("+442079460301") },
  });
  const { id: bela } = await given.contact(scope, {
    ...{ givenName: "Béla", familyName: "Kovács", ...phones("+442079460302") },
  });
  const { id: chloe } = await given.contact(scope, {
    ...{ givenName: "Chloé", familyName: "Marchand", ...phones("+442079460303") },
  });
  await addContacts(scope, campaignId, [amara, bela, chloe]);
  return { campaignId, amara, bela, chloe };
}

async function written(scope: Scope, campaignId: string): Promise<string[]> {
  const { recipients } = await listRecipients(scope, { id: campaignId, channel: "phone" }, { response: null });
  return recipients.map(({ name }) => name ?? "");
}

async function taken(scope: Scope, campaignId: string, ids: readonly string[]): Promise<string> {
  const result = await takeOff(scope, campaignId, ids);
  if (!result.ok || result.changeSetId === null) throw new Error("Nobody was taken off");
  return result.changeSetId;
}

async function undo(scope: Scope, changeSetId: string) {
  const undone = await undoChangeSet(scope, changeSetId, undoing);
  if (!undone.ok || !("changeSetId" in undone)) throw new Error("It was not undone at once");
  return undone;
}

describe.each(databases)("who was taken off a campaign's list, on %s", (engine) => {
  test("is on it again when that is undone, and off it when that is undone in its turn", async () => {
    const scope = await given.scope(engine, "admin");
    const { campaignId, amara, chloe } = await threeToCall(scope);
    const changeSetId = await taken(scope, campaignId, [amara, chloe]);
    expect(await written(scope, campaignId)).toEqual(["Béla Kovács"]);
    const undone = await undo(scope, changeSetId);
    expect(undone).toMatchObject({ undone: 2, leftAlone: [] });
    expect(await written(scope, campaignId)).toEqual(["Béla Kovács", "Chloé Marchand", "Amara Okafor"]);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ listed: 3, leftOut: 0 });
    await undo(scope, undone.changeSetId ?? "");
    expect(await written(scope, campaignId)).toEqual(["Béla Kovács"]);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ listed: 1 });
  });

  test("comes back as what they are by then", async () => {
    const scope = await given.scope(engine, "admin");
    const { campaignId, bela } = await threeToCall(scope);
    const changeSetId = await taken(scope, campaignId, [bela]);
    await markDoNotContact(scope, bela, { channels: ["phone"], reason: "Said so at the fair" });
    await undo(scope, changeSetId);
    expect(await written(scope, campaignId)).toEqual(["Chloé Marchand", "Amara Okafor"]);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ listed: 3, leftOut: 1 });
  });

  test("stays off the list of a campaign that has begun, which is said", async () => {
    const scope = await given.scope(engine, "admin");
    const { campaignId, amara } = await threeToCall(scope);
    const changeSetId = await taken(scope, campaignId, [amara]);
    await startCampaign(scope, campaignId);
    const undone = await undoChangeSet(scope, changeSetId, undoing);
    expect(undone).toMatchObject({
      ok: true,
      leftAlone: [{ subjectId: amara, what: expect.stringContaining("list") }],
    });
    expect(await written(scope, campaignId)).toEqual(["Béla Kovács", "Chloé Marchand"]);
  });
});
