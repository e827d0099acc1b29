import "~/features/campaigns/tables";
import { sql } from "kysely";
import { type Scope } from "~/platform/scope.server";

/** Counts a campaign's list anew, in the transaction that changed it: its row says how many, for lists of campaigns. */
export async function countRecipients(scope: Scope, campaignId: string): Promise<void> {
  const row = await scope.db
    .selectFrom("recipients")
    .select((eb) => [
      eb.fn.countAll<number>().as("listed"),
      eb.fn.count<number>("left_out").as("left_out"),
      eb.fn
        .sum<number>(eb.case().when("response", "in", ["responded", "converted"]).then(1).else(0).end())
        .as("responded"),
      eb.fn.sum<number>(eb.case().when("response", "=", "converted").then(1).else(0).end()).as("converted"),
      eb.fn.sum<number>(eb.case().when("response", "=", "not-interested").then(1).else(0).end()).as("not_interested"),
      sql<bigint>`coalesce(sum(value_minor), 0)`.as("value_minor"),
    ])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .executeTakeFirstOrThrow();
  await scope.db
    .updateTable("campaigns")
    .set({
      listed: row.listed,
      left_out: row.left_out,
      responded: Number(row.responded ?? 0),
      converted: Number(row.converted ?? 0),
      not_interested: Number(row.not_interested ?? 0),
      value_minor: BigInt(row.value_minor),
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .execute();
}
