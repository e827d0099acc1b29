import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { changeCampaign } from "~/features/campaigns/save-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan, springReview } from "~/testing/given-campaigns";

async function edited(scope: Scope, campaignId: string, facts: Partial<typeof springReview>, version: number) {
  const result = await changeCampaign(scope, campaignId, { ...springReview, ...facts, version });
  if (!result.ok) throw new Error(result.reason);
  return result.changeSetId ?? "";
}

describe.each(databases)("an edited campaign, on %s", (engine) => {
  test("stands as before when the edit is undone, and as edited when that is undone in its turn", async () => {
    const scope = await given.scope(engine, "admin");
    const id = await plan(scope);
    const edit = { name: "Summer review 2026", cost: 9_007_199_254_740_993n, subject: null, plannedOn: null };
    const changeSetId = await edited(scope, id, edit, 1);
    const whole = { name: edit.name, costMinor: edit.cost, subject: null, plannedOn: null };
    expect(await findCampaign(scope, id)).toMatchObject(whole);
    const undone = await undoChangeSet(scope, changeSetId, undoing);
    const { name, cost: costMinor, subject, plannedOn } = springReview;
    expect(await findCampaign(scope, id)).toMatchObject({ name, costMinor, subject, plannedOn, version: 3 });
    if (!undone.ok || !("changeSetId" in undone)) throw new Error("It was not undone at once");
    await undoChangeSet(scope, undone.changeSetId ?? "", undoing);
    expect(await findCampaign(scope, id)).toMatchObject({ ...whole, version: 4 });
  });

  test("keeps what somebody changed since, and says so", async () => {
    const scope = await given.scope(engine, "admin");
    const id = await plan(scope);
    const changeSetId = await edited(scope, id, { subject: "Your review", topic: "Money" }, 1);
    await edited(scope, id, { subject: "A word about your review", topic: "Money" }, 2);
    const undone = await undoChangeSet(scope, changeSetId, undoing);
    expect(undone).toMatchObject({ ok: true, leftAlone: [{ name: springReview.name, what: "Subject" }] });
    expect(await findCampaign(scope, id)).toMatchObject({ subject: "A word about your review", topic: "Reviews" });
  });

  test("saved without a change is no change", async () => {
    const scope = await given.scope(engine, "admin");
    const id = await plan(scope);
    expect(await changeCampaign(scope, id, { ...springReview, version: 1 })).toEqual({
      ...{ ok: true, id, changeSetId: null },
    });
  });
});
