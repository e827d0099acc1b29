import { describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { usualMailing } from "~/features/campaigns/mailing/mailing";
import { writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { saveMailing } from "~/features/campaigns/mailing/save-mailing.server";
import { copyCampaign } from "~/features/campaigns/save-campaign.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

async function copied(scope: Scope, id: string) {
  const copy = await copyCampaign(scope, id);
  return copy.ok ? findCampaign(scope, copy.id) : null;
}

describe.each(databases)("a copy of a campaign, on %s", (engine) => {
  test("is sent by the same sender, as fast and in the same hours, and its own sending has not begun", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope);
    const settings = {
      ...{ senderName: "Ngozi at Brandt", replyTo: "ngozi@brandt.example", dkimSelector: "spring" },
      ...{ mailsAMinute: 12, sentWhen: "working-hours" as const },
    };
    await saveMailing(scope, id, settings);
    await writeMailing(scope, id, { state: "paused", asked_by: scope.user?.id, problem: "The server is away." });
    const copy = await copied(scope, id);
    expect(copy).toMatchObject({ name: "Copy of Spring review 2026", state: "draft", listed: 0 });
    expect(copy?.mailing).toEqual({ ...usualMailing, ...settings });
  });

  test("of one whose sending nobody has thought of is sent as usual", async () => {
    const scope = await given.scope(engine);
    expect((await copied(scope, await plan(scope)))?.mailing).toEqual(usualMailing);
    expect((await copied(scope, await plan(scope, "letter")))?.mailing).toEqual(usualMailing);
  });
});
