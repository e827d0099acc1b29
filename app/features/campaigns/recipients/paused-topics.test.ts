import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { unsubscribe } from "~/features/campaigns/answers/answer-campaign.server";
import { writeCampaign } from "~/features/campaigns/campaign-row.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import { countLeftOut } from "~/features/campaigns/recipients/list-recipients.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, addMonths } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { type Sent, sent } from "~/testing/given-answers";
import { plan } from "~/testing/given-campaigns";

const TODAY = "2026-05-20";
const clock = testClock(`${TODAY}T12:00:00.000Z`);

function said(scope: Scope, who: Sent, response: "not-interested" | "responded", respondedOn = TODAY) {
  return recordResponse(scope, who, { response, respondedOn, how: "by-hand", note: null, valueMinor: null });
}

/** Why nobody writes to them in another campaign of this topic; null: somebody does. */
async function leftOut(scope: Scope, { contactId }: Sent, topic: string | null = "Reviews") {
  const campaignId = await plan(scope, "email", { topic });
  await addContacts(scope, campaignId, [contactId]);
  return (await countLeftOut(scope, campaignId))[0]?.reason ?? null;
}

describe.each(databases)("a topic that somebody does not want to hear of, on %s", (engine) => {
  const asAdmin = () => given.scope(engine, "admin", { clock });
  const facts = { topic: "Reviews", pauseMonths: 6 };

  test("is spared them in every campaign of that topic, however it is written, and in no other", async () => {
    const scope = await asAdmin();
    const who = await sent(scope, { facts });
    expect(await leftOut(scope, who)).toBeNull();
    await said(scope, who, "not-interested");
    expect(await leftOut(scope, who, " REVIEWS ".trim())).toBe("topic-paused");
    expect(await leftOut(scope, who, "Wills")).toBeNull();
    expect(await leftOut(scope, who, null)).toBeNull();
    const other = await sent(scope, { facts, email: "ruairi@orchard.example" });
    expect(await leftOut(scope, other)).toBeNull();
  });

  test("is not spared where the campaign says nothing of it, and the campaign itself goes on", async () => {
    const scope = await asAdmin();
    const who = await sent(scope, { facts: { topic: "Reviews" } });
    await said(scope, who, "not-interested");
    expect(await leftOut(scope, who)).toBeNull();
    await inTransaction(scope, (scope) => writeCampaign(scope, who.campaignId, { pause_months: 6 }));
    expect(await leftOut(scope, who)).toBe("topic-paused");
    await judgeAgain(scope, { id: who.campaignId, channel: "email" }, [who.contactId]);
    expect(await countLeftOut(scope, who.campaignId)).toEqual([]);
  });

  test("comes back with the undo of the answer, with another answer, and with the day", async () => {
    const scope = await asAdmin();
    const who = await sent(scope, { facts });
    const recorded = await said(scope, who, "not-interested");
    expect(await leftOut(scope, who)).toBe("topic-paused");
    await undoChangeSet(scope, recorded.ok ? recorded.changeSetId : "", undoing);
    expect(await leftOut(scope, who)).toBeNull();
    await said(scope, who, "not-interested");
    await said(scope, who, "responded");
    expect(await leftOut(scope, who)).toBeNull();
    const last = addMonths(TODAY, -6);
    await said(scope, who, "not-interested", addDays(last, 1));
    expect(await leftOut(scope, who)).toBe("topic-paused");
    await said(scope, who, "not-interested", last);
    expect(await leftOut(scope, who)).toBeNull();
  });

  test("who unsubscribed from one campaign is left out of the next", async () => {
    const scope = await asAdmin();
    const who = await sent(scope);
    expect(await unsubscribe(scope, who)).toEqual({ ok: true });
    expect(await leftOut(scope, who)).toBe("suppressed");
  });
});
