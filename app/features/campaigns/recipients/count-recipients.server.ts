/** What a campaign's row says of its list, so that lists of campaigns read one row of each. */
import { type SqlBool, sql } from "kysely";
import { failedBy, reachedBy } from "~/features/campaigns/delivery";
import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/** Counts the whole list anew, in the transaction that changed it. */
export async function countRecipients(scope: Scope, campaignId: string): Promise<void> {
  await scope.db
    .updateTable("campaigns")
    .set(await countOf(scope, campaignId))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .execute();
}

/**
 * Counts what a change makes of these recipients and of nobody else, so that an answer costs the same on a long list. Their
 * rows, or the campaign's, are held by the caller's transaction.
 */
export async function countingRecipients<Result>(
  scope: Scope,
  campaignId: string,
  contactIds: readonly string[],
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await countOf(scope, campaignId, contactIds);
  const result = await change();
  const after = await countOf(scope, campaignId, contactIds);
  const changed = counters.filter((name) => before[name] !== after[name]);
  const isValueOther = before.value_minor !== after.value_minor;
  if (changed.length === 0 && !isValueOther) return result;
  await scope.db
    .updateTable("campaigns")
    .set((eb) => ({
      ...Object.fromEntries(changed.map((name) => [name, eb(name, "+", after[name] - before[name])])),
      ...(isValueOther ? { value_minor: eb("value_minor", "+", after.value_minor - before.value_minor) } : {}),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .execute();
  return result;
}

const isReached = sql<SqlBool>`delivery in (${sql.join(reachedBy.map((state) => sql.lit(state)))})`;
const hasFailed = sql<SqlBool>`delivery in (${sql.join(failedBy.map((state) => sql.lit(state)))})`;
const hasResponded = sql<SqlBool>`response in ('responded', 'converted')`;
const hasConverted = sql<SqlBool>`response = 'converted'`;

const counted = {
  listed: sql<SqlBool>`1 = 1`,
  left_out: sql<SqlBool>`left_out is not null`,
  responded: hasResponded,
  converted: hasConverted,
  not_interested: sql<SqlBool>`response = 'not-interested'`,
  reached: isReached,
  failed: hasFailed,
  // Given to a server, or about to be: nobody can say whether it arrived.
  unknown: sql<SqlBool>`delivery = 'unknown'`,
  reached_responded: sql<SqlBool>`${isReached} and ${hasResponded}`,
  reached_converted: sql<SqlBool>`${isReached} and ${hasConverted}`,
};
type Counter = keyof typeof counted;
const counters = Object.keys(counted) as Counter[];

/** Of the whole list, or of these on it. */
async function countOf(
  scope: Scope,
  campaignId: string,
  contactIds?: readonly string[],
): Promise<Record<Counter, number> & { value_minor: bigint }> {
  const row = await scope.db
    .selectFrom("recipients")
    .select(counters.map((name) => sql<number>`count(case when ${counted[name]} then 1 end)`.as(name)))
    .select(sql<bigint>`coalesce(sum(value_minor), 0)`.as("value_minor"))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .$if(contactIds !== undefined, (query) => query.where("contact_id", "in", contactIds ?? []))
    .executeTakeFirstOrThrow();
  return { ...row, value_minor: BigInt(row.value_minor) };
}
