/** A campaign that is under way, with one recipient, and what stands in their mail or letter. */
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { type CampaignFacts } from "~/features/campaigns/campaign-form";
import { writeCampaign } from "~/features/campaigns/campaign-row.server";
import { recipientToken } from "~/features/campaigns/recipient-link.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { giveCodes } from "~/features/campaigns/recipients/give-codes.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

export interface Sent {
  campaignId: string;
  contactId: string;
  email: string;
  /** The address of their page. */
  link: string;
  code: string;
}

export async function sent(
  scope: Scope,
  {
    channel = "email",
    email = "folasade@orchard.example",
    facts = {},
  }: {
    channel?: CampaignChannel;
    email?: string;
    facts?: Partial<CampaignFacts>;
  } = {},
): Promise<Sent> {
  const words = { respondedWords: "Please call me", convertedWords: "I book the review" };
  const campaignId = await plan(scope, channel, { ...words, ...facts });
  const address = {
    label: null,
    street: "4 Quince Row",
    city: "York",
    region: null,
    postalCode: "YO1 7HH",
    country: "GB",
  };
  const { id: contactId } = await given.contact(scope, {
    ...{ givenName: "Folasade", familyName: "Adebayo", emails: [{ label: null, value: email }], addresses: [address] },
  });
  await addContacts(scope, campaignId, [contactId]);
  await inTransaction(scope, async (scope) => {
    await writeCampaign(scope, campaignId, { state: "running", started_at: scope.clock.now() });
    const delivery = channel === "letter" ? "printed" : "accepted";
    await markDelivery(scope, campaignId, [contactId], { mark: { delivery }, from: ["none"] });
    await giveCodes(scope, campaignId, [contactId]);
  });
  const { code } = await scope.db
    .selectFrom("recipients")
    .select("code")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .executeTakeFirstOrThrow();
  const link = `/r/${recipientToken(scope.keys, { accountId: scope.account.id, campaignId, contactId })}`;
  return { campaignId, contactId, email, link, code: code ?? "" };
}
