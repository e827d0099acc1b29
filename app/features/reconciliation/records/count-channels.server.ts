/** Through which channels a shop's latest orders came, and what stands against comparing them. */
import { expressionBuilder, sql } from "kysely";
import { type Standing } from "~/features/reconciliation/columns/orders";
import "~/features/reconciliation/records/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface ChannelCount {
  /** Empty: nobody has said. */
  channel: string;
  standing: Standing;
  count: number;
  /** How many of them come to nothing. */
  zero: number;
}

/** Of each source no more than so many of the latest are looked at. */
export const CHANNELS_OF = 10_000;

/** The most first. One statement. */
export async function countChannels(scope: Scope, origins: readonly string[]): Promise<ChannelCount[]> {
  const [first, ...others] = origins.map((origin) => ofOrigin(scope, origin));
  if (!first) return [];
  const rows = await others.reduce((all, one) => all.unionAll(one), first).execute();
  const counts = new Map<string, ChannelCount>();
  for (const { channel, standing, count, zero } of rows) {
    const place = JSON.stringify([channel ?? "", standing]);
    const before = counts.get(place) ?? { channel: channel ?? "", standing, count: 0, zero: 0 };
    counts.set(place, { ...before, count: before.count + Number(count), zero: before.zero + Number(zero) });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count || (one.channel < other.channel ? -1 : 1));
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function ofOrigin(scope: Scope, origin: string) {
  const latest = parts
    .selectFrom("orders")
    .select(["channel", "standing", "total_minor"])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("gone_at", "is", null)
    .orderBy("placed_at", "desc")
    .limit(CHANNELS_OF);
  return scope.db
    .selectFrom(latest.as("latest"))
    .select(["latest.channel", "latest.standing"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .select(sql<number>`sum(case when latest.total_minor = 0 then 1 else 0 end)`.as("zero"))
    .groupBy(["latest.channel", "latest.standing"]);
}
