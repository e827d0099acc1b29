/** Which values are on the suppression list. Whoever sends asks here again, however long ago `suppressed_at` was written. */
import { type Insertable } from "kysely";
import { suppressionHasher, valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import { type SuppressedChannel } from "~/features/contacts/suppression/suppression";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Tables } from "~/platform/db/tables";
import { EMPTY_KEY } from "~/platform/fold.server";
import { type AccountFacts, type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/** Those of the values that are on the list, as they were given. One statement for each 30,000. */
export async function suppressedAmong(
  scope: Scope,
  channel: SuppressedChannel,
  values: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await listed(
    scope,
    values.map((value) => ({ channel, key: valueKey(channel, value) })),
  );
  return new Set(values.filter((_, place) => found[place]));
}

export async function isSuppressed(scope: Scope, channel: SuppressedChannel, value: string): Promise<boolean> {
  return (await suppressedAmong(scope, channel, [value])).has(value);
}

type PointRow = Insertable<Tables["contact_points"]>;

/** Says of rows about to be written since when the list forbids them. One statement; none while the list is empty. */
export async function withSuppression(scope: Scope, points: readonly PointRow[]): Promise<readonly PointRow[]> {
  if (points.length === 0 || !(await hasSuppressions(scope))) return points;
  const found = await listed(
    scope,
    points.map(({ channel, value_key: key }) => ({ channel, key })),
  );
  return points.map((point, place) => {
    const { id = null, noted_at: since = null } = found[place] ?? {};
    return { ...point, suppressed_at: since, suppression_id: id };
  });
}

/** The entry that has stood longest for each key, in their order; undefined where none does. */
async function listed(scope: Scope, points: readonly { channel: SuppressedChannel; key: string }[]) {
  const hash = suppressionHasher(scope);
  const hashes = points.map(({ channel, key }) => (key === EMPTY_KEY || key === "" ? "" : hash(channel, key)));
  const longest = await livingByHash(scope, [...new Set(hashes)].filter(Boolean));
  return hashes.map((each) => longest.get(each));
}

async function livingByHash(scope: Scope, hashes: readonly string[]) {
  const found = new Map<string, Awaited<ReturnType<typeof living>>[number]>();
  for (const some of valueChunks(hashes)) {
    for (const row of await living(scope, some)) if (!found.has(row.value_hash)) found.set(row.value_hash, row);
  }
  return found;
}

function living(scope: Scope, hashes: readonly string[]) {
  return scope.db
    .selectFrom("suppressions")
    .select(["id", "value_hash", "noted_at"])
    .where("account_id", "=", scope.account.id)
    .where("value_hash", "in", hashes)
    .where("lifted_at", "is", null)
    .orderBy("noted_at")
    .orderBy("id")
    .execute();
}

/** For how long an empty list is taken for empty: long work asks again, and what came between is marked afterwards. */
export const BELIEVED_EMPTY_MS = 30_000;

const emptySince = new WeakMap<AccountFacts, string>();
const known = new WeakSet<AccountFacts>();

/** Whether anything was ever put on the list. A request or job with an empty one asks once, long work every half minute. */
async function hasSuppressions(scope: Scope): Promise<boolean> {
  const { account } = scope;
  if (known.has(account)) return true;
  const [asked, now] = [emptySince.get(account), scope.clock.now()];
  if (asked !== undefined && now < later(asked, BELIEVED_EMPTY_MS)) return false;
  emptySince.set(account, now);
  const row = await scope.db
    .selectFrom("suppressions")
    .select("id")
    .where("account_id", "=", account.id)
    .limit(1)
    .executeTakeFirst();
  if (row) known.add(account);
  return row !== undefined;
}

/** What follows in this scope sees that the list is no longer empty. */
export function notEmptyAnyMore({ account }: Scope): void {
  known.add(account);
}
