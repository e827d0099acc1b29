import { sql } from "kysely";
import { type CampaignState, type Response } from "~/features/campaigns/campaign";
import { type CallOutcome } from "~/features/campaigns/call-desk/call";
import "~/features/campaigns/call-desk/tables";
import { type Delivery } from "~/features/campaigns/delivery";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const MOST_SHOWN = 20;

/** A call in this campaign, or an answer in any. */
export interface Said {
  id: string;
  kind: "call" | "answer";
  at: string;
  by: string | null;
  outcome: CallOutcome | Response;
  note: string | null;
  callBackAt: string | null;
  respondedOn: string | null;
  how: "by-hand" | "link" | "code" | "phone" | null;
  campaignId: string;
  campaignName: string;
  isWithdrawn: boolean;
}

export interface Called {
  campaign: { id: string; name: string; state: CampaignState; body: string; currency: string; isArchived: boolean };
  /** Null: the contact is gone for good. */
  name: string | null;
  /** Who is called: for an estate its executor. */
  calledId: string;
  leftOut: LeftOut | null;
  response: Response;
  delivery: Delivery;
  tries: number;
  nextAt: string | null;
  /** Who has or had them on their page. */
  reserved: { byId: string | null; by: string | null; until: string } | null;
  /** The latest first. */
  said: Said[];
}

/** A recipient of a round of calls, as the call desk shows them; null: there is none. One statement. */
export async function findCalled(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<Called | null> {
  if (!isId(campaignId) || !isId(contactId)) return null;
  const rows = await calledRows(scope, campaignId, contactId);
  const [first] = rows;
  if (!first) return null;
  const { campaign_name: name, state, body, currency, archived_at: archivedAt } = first;
  return {
    campaign: { id: campaignId, name, state, body, currency, isArchived: archivedAt !== null },
    name: first.contact_name,
    calledId: first.written_to_id ?? contactId,
    ...{ leftOut: first.left_out, response: first.response, delivery: first.delivery, tries: first.tries },
    nextAt: first.next_at,
    reserved:
      first.reserved_until === null
        ? null
        : { byId: first.reserved_by, by: first.holder_name, until: first.reserved_until },
    said: rows.flatMap((row) => (row.id === null ? [] : [toSaid({ ...row, id: row.id })])),
  };
}

type Row = Awaited<ReturnType<typeof calledRows>>[number];

function toSaid(row: Row & { id: string }): Said {
  return {
    id: row.id,
    kind: row.kind ?? "call",
    at: row.at ?? "",
    by: row.sayer_name,
    outcome: row.outcome ?? "pending",
    ...{ note: row.note, callBackAt: row.call_back_at, respondedOn: row.responded_on, how: row.how },
    campaignId: row.of_campaign_id ?? "",
    campaignName: row.of_campaign_name ?? "",
    isWithdrawn: row.withdrawn_at !== null,
  };
}

/** What was said, each in a row beside the recipient; one row where nothing was. */
function calledRows(scope: Scope, campaignId: string, contactId: string) {
  return scope.db
    .selectFrom("recipients as recipient")
    .innerJoin("campaigns as campaign", (join) =>
      join.onRef("campaign.account_id", "=", "recipient.account_id").onRef("campaign.id", "=", "recipient.campaign_id"),
    )
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .leftJoin("users as holder", "holder.id", "recipient.reserved_by")
    .leftJoin(saidOf(scope, campaignId, contactId).as("said"), (join) => join.onTrue())
    .leftJoin("users as sayer", "sayer.id", "said.by_id")
    .leftJoin("campaigns as of_campaign", (join) =>
      join
        .onRef("of_campaign.account_id", "=", "recipient.account_id")
        .onRef("of_campaign.id", "=", "said.of_campaign_id"),
    )
    .select(["campaign.name as campaign_name", "campaign.state", "campaign.body", "campaign.currency"])
    .select(["campaign.archived_at", "contact.name as contact_name", "recipient.written_to_id"])
    .select(["recipient.left_out", "recipient.response", "recipient.delivery", "recipient.tries"])
    .select(["recipient.next_at", "recipient.reserved_by", "recipient.reserved_until"])
    .select(["holder.name as holder_name", "sayer.name as sayer_name", "of_campaign.name as of_campaign_name"])
    .select(["said.id", "said.kind", "said.at", "said.outcome", "said.note", "said.call_back_at"])
    .select(["said.responded_on", "said.how", "said.of_campaign_id", "said.withdrawn_at"])
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.contact_id", "=", contactId)
    .where("campaign.channel", "=", "phone")
    .where("campaign.deleted_at", "is", null)
    .orderBy("said.id", "desc")
    .execute();
}

function saidOf({ account }: Scope, campaignId: string, contactId: string) {
  const answers = parts
    .selectFrom("responses")
    .select(["id", sql<"call" | "answer">`'answer'`.as("kind"), "recorded_at as at", "recorded_by as by_id"])
    .select((eb) => eb.cast<CallOutcome | Response>("response", "text").as("outcome"))
    .select([
      "note",
      sql<string | null>`responded_on`.as("responded_on"),
      sql<Said["how"]>`how`.as("how"),
      "campaign_id as of_campaign_id",
    ])
    .select([sql<string | null>`null`.as("call_back_at"), "withdrawn_at"])
    .where("account_id", "=", account.id)
    .where("contact_id", "=", contactId);
  const calls = parts
    .selectFrom("calls")
    .select(["id", sql<"call" | "answer">`'call'`.as("kind"), "at", "caller_id as by_id"])
    .select((eb) => eb.cast<CallOutcome | Response>("outcome", "text").as("outcome"))
    .select(["note", sql<string | null>`null`.as("responded_on"), sql<Said["how"]>`null`.as("how")])
    .select(["campaign_id as of_campaign_id", "call_back_at", "withdrawn_at"])
    .where("account_id", "=", account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId);
  return answers.unionAll(calls).orderBy("id", "desc").limit(MOST_SHOWN);
}
