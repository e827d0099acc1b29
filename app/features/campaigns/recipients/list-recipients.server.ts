/** A campaign's list as pages ask for it. */
import { type CampaignChannel, type Response } from "~/features/campaigns/campaign";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { fromJson } from "~/platform/db/json.server";
import { type Source, sourceShape } from "~/features/campaigns/recipients/source";
import { ways } from "~/features/campaigns/recipients/ways";
import "~/features/campaigns/tables";
import { sql, type SqlBool } from "kysely";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const PAGE = 50;

/** All who are written to, those who answered so (left out or not: their answer counts), or those who are left out. */
export type RecipientFilter = { response: Response | null } | { leftOut: true };

export interface Recipient {
  contactId: string;
  /** Null: the contact is gone for good. */
  name: string | null;
  /** The email or number that would be used; null for letters, and where there is none. */
  address: string | null;
  leftOut: LeftOut | null;
  writtenTo: { id: string; name: string } | null;
  response: Response;
  respondedOn: string | null;
  valueMinor: bigint | null;
}

export interface RecipientCursor {
  nameKey: string;
  contactId: string;
}

/** By name, fifty at a time. One statement. */
export async function listRecipients(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  filter: RecipientFilter,
  after: RecipientCursor | null = null,
): Promise<{ recipients: Recipient[]; next: RecipientCursor | null }> {
  const rows = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .leftJoin("contacts as carer", (join) =>
      join.onRef("carer.account_id", "=", "recipient.account_id").onRef("carer.id", "=", "recipient.written_to_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "recipient.account_id")
        .on(sql<SqlBool>`point.contact_id = coalesce(recipient.written_to_id, recipient.contact_id)`)
        .on("point.channel", "=", sql.lit(ways[campaign.channel].point))
        .on("point.position", "=", sql.lit(0)),
    )
    .select(["recipient.contact_id", "recipient.name_key", "recipient.left_out", "recipient.response"])
    .select(["recipient.responded_on", "recipient.value_minor", "contact.name", "point.value as address"])
    .select(["carer.id as carer_id", "carer.name as carer_name"])
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaign.id)
    .$if("leftOut" in filter, (query) => query.where("recipient.left_out", "is not", null))
    .$if(isOfThoseWrittenTo(filter), (query) => query.where("recipient.left_out", "is", null))
    .$if("response" in filter && filter.response !== null, (query) =>
      query.where("recipient.response", "=", "response" in filter ? (filter.response ?? "pending") : "pending"),
    )
    .$if(after !== null && isId(after.contactId), (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("recipient.name_key", "recipient.contact_id"),
          ">",
          eb.tuple(after?.nameKey ?? "", after?.contactId ?? ""),
        ),
      ),
    )
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .limit(PAGE + 1)
    .execute();
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    recipients: rows.slice(0, PAGE).map((row) => ({
      contactId: row.contact_id,
      name: row.name,
      address: row.address,
      leftOut: row.left_out,
      writtenTo: row.carer_id && row.carer_name ? { id: row.carer_id, name: row.carer_name } : null,
      response: row.response,
      respondedOn: row.responded_on,
      valueMinor: row.value_minor,
    })),
    next: last ? { nameKey: last.name_key, contactId: last.contact_id } : null,
  };
}

function isOfThoseWrittenTo(filter: RecipientFilter): boolean {
  return "response" in filter && (filter.response === null || filter.response === "pending");
}

export interface LeftOutCount {
  reason: LeftOut;
  count: number;
  /** Of them who answered all the same. */
  answered: number;
}

/** How many are left out, by reason, the most first. */
export async function countLeftOut(scope: Scope, campaignId: string): Promise<LeftOutCount[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select((eb) => ["left_out as reason", eb.fn.countAll<number>().as("count")])
    .select(sql<number>`count(case when response <> 'pending' then 1 end)`.as("answered"))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("left_out", "is not", null)
    .groupBy("left_out")
    .execute();
  return rows
    .flatMap(({ reason, count, answered }) =>
      reason === null ? [] : [{ reason, count: Number(count), answered: Number(answered) }],
    )
    .sort((a, b) => b.count - a.count);
}

export interface Addition {
  id: string;
  state: "collecting" | "done" | "cancelled" | "failed" | "undone";
  source: Source;
  askedAt: string;
  askedBy: string | null;
  found: number;
  added: number;
  problem: string | null;
  problemReference: string | null;
}

/** What was put on the list, the latest first. */
export async function listAdditions(scope: Scope, campaignId: string, limit: number): Promise<Addition[]> {
  const rows = await scope.db
    .selectFrom("recipient_additions as addition")
    .leftJoin("users", "users.id", "addition.asked_by")
    .select([
      "addition.id",
      "addition.state",
      "addition.source",
      "addition.asked_at as askedAt",
      "users.name as askedBy",
    ])
    .select(["addition.found", "addition.added", "addition.problem", "addition.problem_reference as problemReference"])
    .where("addition.account_id", "=", scope.account.id)
    .where("addition.campaign_id", "=", campaignId)
    .orderBy("addition.id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, source: sourceShape.parse(fromJson(row.source)) }));
}
