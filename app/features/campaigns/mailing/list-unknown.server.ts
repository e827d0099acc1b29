import "~/features/campaigns/tables";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const PAGE = 50;

export interface UnknownPerson {
  contactId: string;
  /** Null: the contact is gone for good. */
  name: string | null;
  email: string | null;
  at: string | null;
  note: string | null;
}

/** Of whom nobody knows whether they got it, fifty at a time. One statement. */
export async function listUnknown(
  scope: Scope,
  campaignId: string,
  after: string | null = null,
): Promise<{ people: UnknownPerson[]; next: string | null }> {
  const rows = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .select(["recipient.contact_id as contactId", "contact.name", "recipient.address_key as email"])
    .select(["recipient.delivery_at as at", "recipient.delivery_note as note"])
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.delivery", "=", "unknown")
    .$if(after !== null && isId(after), (query) => query.where("recipient.contact_id", ">", after ?? ""))
    .orderBy("recipient.contact_id")
    .limit(PAGE + 1)
    .execute();
  const people = rows.slice(0, PAGE);
  return { people, next: rows.length > PAGE ? (people.at(-1)?.contactId ?? null) : null };
}
