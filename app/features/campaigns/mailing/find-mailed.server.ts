/** Which recipient a report about a mail is of: by the mail's own Message-ID, else by the address it went to. */
import { mailedAddress } from "~/features/campaigns/mailing/mailed-address.server";
import { type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import "~/features/campaigns/tables";
import { valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Mailed {
  campaignId: string;
  contactId: string;
  /** The email that was written to. */
  email: string;
}

/** Reports come within days; so many campaigns back they are looked for by address. */
const MOST_CAMPAIGNS = 20;

/** `<campaign>.<contact>@<host>`, as each mail of a campaign is called. */
const ownId = /^([0-9a-f]{8}-[0-9a-f-]{27})\.([0-9a-f]{8}-[0-9a-f-]{27})@/;

/** Null: of no mail that a campaign sent. */
export async function findMailed(
  scope: Scope,
  outcome: Pick<MailOutcome, "messageId" | "recipient">,
): Promise<Mailed | null> {
  const row = (await mailedAs(scope, outcome.messageId)) ?? (await mailedTo(scope, outcome.recipient));
  if (!row) return null;
  const { campaignId, contactId, writtenToId, addressKey } = row;
  const email = await mailedAddress(scope, writtenToId ?? contactId, addressKey);
  return email === null ? null : { campaignId, contactId, email };
}

function mailedRecipients(scope: Scope) {
  return scope.db
    .selectFrom("recipients")
    .select(["campaign_id as campaignId", "contact_id as contactId"])
    .select(["written_to_id as writtenToId", "address_key as addressKey"])
    .where("account_id", "=", scope.account.id)
    .where("delivery", "in", ["claimed", "accepted", "refused", "bounced", "unknown"]);
}

async function mailedAs(scope: Scope, messageId: string | null) {
  const [, campaignId, contactId] = ownId.exec(messageId ?? "") ?? [];
  if (!isId(campaignId ?? "") || !isId(contactId ?? "")) return undefined;
  return mailedRecipients(scope)
    .where("campaign_id", "=", campaignId ?? "")
    .where("contact_id", "=", contactId ?? "")
    .executeTakeFirst();
}

/** The last mail that went there. */
async function mailedTo(scope: Scope, recipient: string | null) {
  if (recipient === null) return undefined;
  const campaigns = await scope.db
    .selectFrom("campaigns")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "email")
    .where("state", "<>", "draft")
    .orderBy("started_at", "desc")
    .limit(MOST_CAMPAIGNS)
    .execute();
  if (campaigns.length === 0) return undefined;
  return mailedRecipients(scope)
    .where(
      "campaign_id",
      "in",
      campaigns.map(({ id }) => id),
    )
    .where("address_key", "=", valueKey("email", recipient))
    .orderBy("delivery_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Whether some contact has this email: of anybody else's a report is nothing to us. */
export async function isOfContact(scope: Scope, email: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("contact_points")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "email")
    .where("value_key", "=", valueKey("email", email))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
