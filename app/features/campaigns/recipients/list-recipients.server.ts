/** A campaign's list as pages ask for it. */
import { type CampaignChannel, type Response } from "~/features/campaigns/campaign";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { fromJson } from "~/platform/db/json.server";
import { type Source, sourceShape } from "~/features/campaigns/recipients/source";
import { ways } from "~/features/campaigns/recipients/ways";
import "~/features/campaigns/tables";
import { sql, type SqlBool } from "kysely";
import { type RecipientCursor } from "~/features/campaigns/recipients/list-address";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import { fold } from "~/platform/fold.server";
import { type KeysetPage, keysetPage } from "~/platform/keyset-page";
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

interface RecipientPage extends Omit<KeysetPage<never, RecipientCursor>, "rows"> {
  recipients: Recipient[];
}

/** By name, fifty at a time. One statement. */
export async function listRecipients(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  filter: RecipientFilter,
  { cursor = null, find = "" }: { cursor?: RecipientCursor | null; find?: string } = {},
): Promise<RecipientPage> {
  const back = cursor?.direction === "previous";
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
        .on(sql<SqlBool>`point.contact_id = ${whoReads}`)
        .on("point.channel", "=", sql.lit(ways[campaign.channel].point))
        .on((eb) =>
          campaign.channel === "phone"
            ? eb("point.position", "=", eb.fn.coalesce(firstNumber(scope, whoReads), eb.lit(0)))
            : eb("point.position", "=", sql.lit(0)),
        ),
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
    .$if(cursor !== null, (query) =>
      query.where((eb) => {
        const place = eb.refTuple("recipient.name_key", "recipient.contact_id");
        return eb(place, back ? "<" : ">", eb.tuple(cursor?.nameKey ?? "", cursor?.contactId ?? ""));
      }),
    )
    .$if(find !== "", (query) => query.where(named(find)))
    .orderBy("recipient.name_key", back ? "desc" : "asc")
    .orderBy("recipient.contact_id", back ? "desc" : "asc")
    .limit(PAGE + 1)
    .execute();
  const at = ({ name_key: nameKey, contact_id: contactId }: (typeof rows)[number]) => ({ nameKey, contactId });
  const { rows: shown, ...page } = keysetPage(rows, PAGE, cursor, at);
  return {
    ...page,
    recipients: shown.map((row) => ({
      ...{ contactId: row.contact_id, name: row.name, address: row.address, leftOut: row.left_out },
      writtenTo: row.carer_id && row.carer_name ? { id: row.carer_id, name: row.carer_name } : null,
      ...{ response: row.response, respondedOn: row.responded_on, valueMinor: row.value_minor },
    })),
  };
}

/** Every word stands in the name. One campaign's list is read by name, so that it needs no index of its own. */
function named(find: string) {
  const words = fold(find).split(" ").filter(Boolean);
  const says = words.map((word) => sql<SqlBool>`replace(recipient.name_key, ${word}, '') <> recipient.name_key`);
  return sql<SqlBool>`(${sql.join(says.length > 0 ? says : [sql`1 = 0`], sql` and `)})`;
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
  /** Contacts that went when it was taken back; null: it was not. */
  takenOff: number | null;
  isBeingUndone: boolean;
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
    .select(["addition.taken_off as takenOff", "addition.undo_asked_at"])
    .where("addition.account_id", "=", scope.account.id)
    .where("addition.campaign_id", "=", campaignId)
    .orderBy("addition.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ undo_asked_at: askedAt, ...row }) => ({
    ...row,
    source: sourceShape.parse(fromJson(row.source)),
    isBeingUndone: askedAt !== null && row.state !== "undone",
  }));
}
