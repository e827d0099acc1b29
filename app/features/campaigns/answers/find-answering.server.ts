/** A recipient as the page of their own link or code knows them: without a name. */
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { type Choice } from "~/features/campaigns/answers/answer";
import { isNobody } from "~/features/campaigns/recipient-link.server";
import { mailedAddress } from "~/features/campaigns/mailing/mailed-address.server";
import "~/features/campaigns/tables";
import "~/features/contacts/tables";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface WhichRecipient {
  campaignId: string;
  contactId: string;
}

/** Who answers, and where what is sent to them goes. */
export interface Answering extends WhichRecipient {
  channel: CampaignChannel;
  ownerId: string | null;
  respondedWords: string | null;
  convertedWords: string | null;
  /** Nothing that is answered is taken down: the campaign has not begun, or the link is that of a test mail. */
  isTrial: boolean;
  /** Nobody can answer any more: the campaign is put away, or the contact is gone. They can still unsubscribe. */
  isClosed: boolean;
  /** Whose address was written to: an estate's executor, or the contact. */
  addresseeId: string;
  /** The email that was written to. */
  email: string | null;
  /** The last of what they said themselves. */
  answered: { choice: Choice; on: string; note: string | null } | null;
  isUnsubscribed: boolean;
}

/** Null: nobody of this account. Four statements at most. */
export async function findAnswering(scope: Scope, which: WhichRecipient): Promise<Answering | null> {
  const { campaignId, contactId } = which;
  if (!isId(campaignId) || !isId(contactId)) return null;
  if (isNobody(which)) return findTrial(scope, campaignId);
  const row = await recipientRow(scope, which);
  if (!row) return null;
  const addresseeId = row.writtenToId ?? contactId;
  const email = row.channel === "email" ? await mailedAddress(scope, addresseeId, row.addressKey) : null;
  return {
    ...{ campaignId, contactId, addresseeId, email },
    ...{ channel: row.channel, ownerId: row.ownerId, isTrial: row.state === "draft" },
    ...{ respondedWords: row.respondedWords, convertedWords: row.convertedWords },
    isClosed: isClosed(row),
    answered: await lastAnswer(scope, which),
    isUnsubscribed: await isUnsubscribed(scope, row, email),
  };
}

/** What whoever tries the campaign out sees: its page, with nobody behind it. */
async function findTrial(scope: Scope, campaignId: string): Promise<Answering | null> {
  const row = await scope.db
    .selectFrom("campaigns")
    .select(["channel", "owner_id as ownerId", "responded_words as respondedWords"])
    .select(["converted_words as convertedWords", "archived_at", "deleted_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .executeTakeFirst();
  if (!row) return null;
  const { archived_at: archivedAt, deleted_at: deletedAt, ...campaign } = row;
  return {
    ...{ campaignId, contactId: campaignId, addresseeId: campaignId, email: null },
    ...campaign,
    isTrial: true,
    isClosed: archivedAt !== null || deletedAt !== null,
    ...{ answered: null, isUnsubscribed: false },
  };
}

type Row = NonNullable<Awaited<ReturnType<typeof recipientRow>>>;

function isClosed({ archivedAt, deletedAt, contact, contactDeletedAt }: Row): boolean {
  return archivedAt !== null || deletedAt !== null || contact === null || contactDeletedAt !== null;
}

async function isUnsubscribed(scope: Scope, { channel, ...row }: Row, email: string | null): Promise<boolean> {
  if (channel === "email") return email !== null && isSuppressed(scope, "email", email);
  return (channel === "letter" ? row.noLetterAt : row.noPhoneAt) !== null;
}

function recipientRow(scope: Scope, { campaignId, contactId }: WhichRecipient) {
  return scope.db
    .selectFrom("recipients as recipient")
    .innerJoin("campaigns as campaign", (join) =>
      join.onRef("campaign.account_id", "=", "recipient.account_id").onRef("campaign.id", "=", "recipient.campaign_id"),
    )
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .select(["recipient.written_to_id as writtenToId", "recipient.address_key as addressKey"])
    .select(["campaign.channel", "campaign.state", "campaign.owner_id as ownerId"])
    .select(["campaign.responded_words as respondedWords", "campaign.converted_words as convertedWords"])
    .select(["campaign.archived_at as archivedAt", "campaign.deleted_at as deletedAt", "contact.id as contact"])
    .select(["contact.deleted_at as contactDeletedAt", "contact.no_letter_at as noLetterAt"])
    .select("contact.no_phone_at as noPhoneAt")
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.contact_id", "=", contactId)
    .executeTakeFirst();
}

/** Not what somebody at the firm recorded: that is not for the page to tell. */
async function lastAnswer(scope: Scope, { campaignId, contactId }: WhichRecipient): Promise<Answering["answered"]> {
  const row = await scope.db
    .selectFrom("responses")
    .select(["response", "said", "note", "responded_on as on"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .where("how", "in", ["link", "code"])
    .where("withdrawn_at", "is", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row || row.response === "pending") return null;
  const choice = row.said ?? (row.response === "not-interested" ? "not-for-me" : row.response);
  return { choice, on: row.on, note: row.note };
}
