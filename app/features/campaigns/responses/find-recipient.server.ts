import { type Response } from "~/features/campaigns/campaign";
import { type Delivery } from "~/features/campaigns/delivery";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const MOST_SHOWN = 50;

export interface RecordedResponse {
  id: string;
  response: Response;
  respondedOn: string;
  how: "by-hand" | "link" | "code" | "phone";
  note: string | null;
  /** By their link or code: that it was not meant for them. */
  said: "wrong-person" | null;
  valueMinor: bigint | null;
  recordedAt: string;
  recordedBy: string | null;
  /** Undone since. */
  isWithdrawn: boolean;
}

export interface OneRecipient {
  /** Null: the contact is gone for good. */
  name: string | null;
  leftOut: LeftOut | null;
  response: Response;
  /** How far the mail, the letter or the calls came, and what was said of it: a server's words, a caller's note. */
  delivery: Delivery;
  deliveryAt: string | null;
  deliveryNote: string | null;
  /** The email or number that is used; of a letter a key that nobody reads. */
  addressKey: string | null;
  /** What their letter carries, without its campaign's prefix. */
  code: string | null;
  /** Whether nobody writes to the address any more that was used. */
  isAddressGivenUp: boolean;
  /** The latest first. */
  answers: RecordedResponse[];
}

/** A recipient with all that they answered; null: they are not on this list. Two statements. */
export async function findRecipient(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<OneRecipient | null> {
  if (!isId(campaignId) || !isId(contactId)) return null;
  const recipient = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "recipient.account_id")
        .on("point.contact_id", "=", whoReads)
        .onRef("point.value_key", "=", "recipient.address_key")
        .on("point.suppressed_at", "is not", null),
    )
    .select(["contact.name", "recipient.left_out as leftOut", "recipient.response", "recipient.code"])
    .select(["recipient.delivery", "recipient.delivery_at as deliveryAt", "recipient.delivery_note as deliveryNote"])
    .select("recipient.address_key as addressKey")
    .select("point.suppressed_at as givenUpAt")
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.contact_id", "=", contactId)
    .executeTakeFirst();
  if (!recipient) return null;
  const rows = await scope.db
    .selectFrom("responses")
    .leftJoin("users", "users.id", "responses.recorded_by")
    .select(["responses.id", "responses.response", "responses.responded_on as respondedOn", "responses.how"])
    .select(["responses.note", "responses.said", "responses.value_minor", "responses.recorded_at as recordedAt"])
    .select(["users.name as recordedBy", "responses.withdrawn_at as withdrawnAt"])
    .where("responses.account_id", "=", scope.account.id)
    .where("responses.campaign_id", "=", campaignId)
    .where("responses.contact_id", "=", contactId)
    .orderBy("responses.id", "desc")
    .limit(MOST_SHOWN)
    .execute();
  const answers = rows.map(({ withdrawnAt, value_minor: valueMinor, ...row }) => ({
    ...row,
    valueMinor,
    isWithdrawn: withdrawnAt !== null,
  }));
  const { givenUpAt, ...stands } = recipient;
  return { ...stands, isAddressGivenUp: givenUpAt !== null, answers };
}
