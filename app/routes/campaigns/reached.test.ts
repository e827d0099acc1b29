/** What a campaign's pages say of how its recipients were reached. */
import { describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { campaignFacts } from "~/routes/campaigns/campaign-facts.server";
import { deliveryFacts } from "~/routes/campaigns/recipients/delivery-facts.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { sent } from "~/testing/given-answers";

describe.each(databases)("how recipients were reached, on %s", (engine) => {
  async function told(scope: Scope, who: { campaignId: string; contactId: string }) {
    const [campaign, recipient] = [await findCampaign(scope, who.campaignId), await findRecipient(scope, who)];
    if (!campaign || !recipient) throw new Error("There is no such recipient");
    return deliveryFacts(scope, campaign, recipient);
  }

  test("a recipient's page says how far it came, to which address, and what their letter carries", async () => {
    const scope = await given.scope(engine);
    const mail = await told(scope, await sent(scope));
    expect(mail[0]?.value).toMatch(/^Delivered, \d/);
    expect(mail).toContainEqual({ label: "Email", value: "folasade@orchard.example" });
    const { code, ...letter } = await sent(scope, { channel: "letter", email: "ann@orchard.example" });
    expect(await told(scope, letter)).toContainEqual({
      label: "Code of the letter",
      value: expect.stringContaining(code),
    });
  });

  test("once a mail went to all, nothing is left to send, until somebody comes onto its list", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await sent(scope);
    const facts = () => campaignFacts(scope, campaignId, new URLSearchParams());
    expect((await facts()).isSent).toBe(true);
    const late = await given.contact(scope, {
      givenName: "Tunde",
      emails: [{ label: null, value: "t@orchard.example" }],
    });
    await addContacts(scope, campaignId, [late.id]);
    expect((await facts()).isSent).toBe(false);
  });
});
