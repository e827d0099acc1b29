/** A campaign's list counted in the database, however long it is: each a statement over this one campaign. */
import { sql } from "kysely";
import { type Tally } from "~/features/campaigns/figures/funnel";
import { reachedBy } from "~/features/campaigns/delivery";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** Everything that is counted of the list itself. */
export async function countTallies(scope: Scope, campaignId: string): Promise<Tally[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select((eb) => [
      "left_out as leftOut",
      "delivery",
      "response",
      "responded_on as respondedOn",
      eb.fn.countAll<number>().as("count"),
      sql<bigint>`coalesce(sum(value_minor), 0)`.as("value_minor"),
    ])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .groupBy(["left_out", "delivery", "response", "responded_on"])
    .execute();
  return rows.map(({ value_minor: value, count, ...row }) => ({
    ...row,
    count: Number(count),
    valueMinor: BigInt(value),
  }));
}

/** Of those reached with something in common. */
export interface Reached {
  reached: number;
  responded: number;
  converted: number;
}

export interface ReachedByTag extends Reached {
  tagId: string;
  name: string;
}

export interface ReachedByTown extends Reached {
  /** Folded; null: no town is known of them. */
  key: string | null;
  name: string | null;
}

const counts = [
  sql<number>`count(*)`.as("reached"),
  sql<number>`count(case when recipient.response in ('responded', 'converted') then 1 end)`.as("responded"),
  sql<number>`count(case when recipient.response = 'converted' then 1 end)`.as("converted"),
] as const;

/** The tags that most of those reached carry; who carries two is counted with both. */
export async function countByTag(scope: Scope, campaignId: string, limit: number): Promise<ReachedByTag[]> {
  // A left join, so that the campaign's list comes first and not everybody's tags.
  const counted = parts
    .selectFrom("recipients as recipient")
    .leftJoin("contact_tags as link", (join) =>
      join.onRef("link.account_id", "=", "recipient.account_id").onRef("link.contact_id", "=", "recipient.contact_id"),
    )
    .select("link.tag_id")
    .select(counts)
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.delivery", "in", reachedBy)
    .groupBy("link.tag_id");
  const rows = await scope.db
    .selectFrom(counted.as("counted"))
    .innerJoin("tags as tag", (join) =>
      join.on("tag.account_id", "=", scope.account.id).onRef("tag.id", "=", "counted.tag_id"),
    )
    .select(["tag.id as tagId", "tag.name", "counted.reached", "counted.responded", "counted.converted"])
    .orderBy("counted.reached", "desc")
    .orderBy("tag.name_key")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, ...numbers(row) }));
}

/** The towns of most of those reached, as their contacts say now; whose contact is gone, has none. */
export async function countByTown(scope: Scope, campaignId: string, limit: number): Promise<ReachedByTown[]> {
  const rows = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as contact", (join) =>
      join
        .onRef("contact.account_id", "=", "recipient.account_id")
        .onRef("contact.id", "=", "recipient.contact_id")
        .on("contact.city", "is not", null)
        // Every key is, but so SQLite takes the index of towns instead of the wide rows.
        .on("contact.city_key", ">=", ""),
    )
    .select((eb) => ["contact.city_key as key", eb.fn.min<string | null>("contact.city").as("name")])
    .select(counts)
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.delivery", "in", reachedBy)
    .groupBy("contact.city_key")
    .orderBy("reached", "desc")
    .orderBy("contact.city_key")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, ...numbers(row) }));
}

function numbers({ reached, responded, converted }: Record<keyof Reached, number | string | bigint>): Reached {
  return { reached: Number(reached), responded: Number(responded), converted: Number(converted) };
}
