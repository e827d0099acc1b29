import { describe, expect, test } from "vitest";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { campaignFacts } from "~/routes/campaigns/campaign-facts.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const clock = testClock("2026-05-20T12:00:00.000Z");

describe.each(databases)("a campaign's page, on %s", (engine) => {
  test("counts on each tab whom it lists, also where somebody answered who is left out", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const campaignId = await plan(scope, "phone");
    const phones = [{ label: null, value: "+442079460311" }];
    const { id: called } = await given.contact(scope, { givenName: "Folasade", phones });
    const { id: cameBy } = await given.contact(scope, { givenName: "Ruairí" });
    await addContacts(scope, campaignId, [called, cameBy]);
    await startCampaign(scope, campaignId);
    const answer = { respondedOn: "2026-05-19", how: "by-hand", note: null, valueMinor: null } as const;
    await recordResponse(scope, { campaignId, contactId: cameBy }, { response: "converted", ...answer });
    const { tabs } = await campaignFacts(scope, campaignId, new URLSearchParams());
    expect(tabs.map(({ label, count }) => [label, count])).toEqual([
      ...[
        ["All", "1"],
        ["Pending", "1"],
        ["Responded", "0"],
        ["Converted", "1"],
      ],
      ...[
        ["Not interested", "0"],
        ["Left out", "1"],
      ],
    ]);
    for (const { href, count } of tabs) {
      const { recipients } = await campaignFacts(scope, campaignId, new URLSearchParams(href.split("?")[1]));
      expect([href, String(recipients.length)]).toEqual([href, count]);
    }
  });
});
