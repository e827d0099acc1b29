/** Writes `contact_points.suppressed_at` of contacts that are there already, as the list says it now. */
import { suppressionHasher, valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import { type SuppressedChannel } from "~/features/contacts/suppression/suppression";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** An entry's value, by which its points are found. */
export interface ListedValue {
  channel: SuppressedChannel;
  valueHash: string;
  /** As `contact_points.value_key` has it; null: erased. */
  key: string | null;
}

/** Marks all contacts' points with this value, or takes the mark from them when nothing forbids it any more. */
export async function serveSuppressed(scope: Scope, { channel, valueHash, key }: ListedValue): Promise<void> {
  const longest = await scope.db
    .selectFrom("suppressions")
    .select(["id", "noted_at"])
    .where("account_id", "=", scope.account.id)
    .where("value_hash", "=", valueHash)
    .where("lifted_at", "is", null)
    .orderBy("noted_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const { id = null, noted_at: since = null } = longest ?? {};
  for (const each of key === null ? await markedKeys(scope, channel, valueHash) : [key]) {
    await scope.db
      .updateTable("contact_points")
      .set({ suppressed_at: since, suppression_id: id })
      .where("account_id", "=", scope.account.id)
      .where("channel", "=", channel)
      .where("value_key", "=", each)
      .execute();
  }
}

/** Of marked points those whose value has this hash: how an erased value is found again, a thousand at a time. */
async function markedKeys(scope: Scope, channel: SuppressedChannel, valueHash: string): Promise<string[]> {
  const hash = suppressionHasher(scope);
  for (let after = ""; ;) {
    const rows = await scope.db
      .selectFrom("contact_points")
      .select("value_key")
      .distinct()
      .where("account_id", "=", scope.account.id)
      .where("channel", "=", channel)
      .where("suppressed_at", "is not", null)
      .where("value_key", ">", after)
      .orderBy("value_key")
      .limit(1_000)
      .execute();
    const same = rows.find(({ value_key }) => hash(channel, value_key) === valueHash);
    if (same) return [same.value_key];
    if (rows.length === 0) return [];
    after = rows.at(-1)?.value_key ?? "";
  }
}

/**
 * Marks once more what came onto the list within the last day: while it did, a contact may have been written by who did
 * not yet see it there. Idempotent; five hundred in a transaction.
 */
export async function markAgain(scope: Scope, signal: AbortSignal): Promise<void> {
  const start = later(scope.clock.now(), -DAY_MS);
  for (let after: string | null = ""; after !== null;) {
    signal.throwIfAborted();
    after = await inTransaction(scope, (scope) => markSome(scope, { start, after: after ?? "" }));
  }
}

const AT_ONCE = 500;

async function markSome(scope: Scope, { start, after }: { start: string; after: string }): Promise<string | null> {
  const rows = await scope.db
    .selectFrom("suppressions")
    .select(["id", "channel", "value", "value_hash"])
    .where("account_id", "=", scope.account.id)
    .where("noted_at", ">=", start)
    .where("lifted_at", "is", null)
    .where("value", "is not", null)
    .$if(after !== "", (query) => query.where("id", ">", after))
    .orderBy("id")
    .limit(AT_ONCE)
    .execute();
  for (const { channel, value, value_hash: valueHash } of rows) {
    await serveSuppressed(scope, { channel, valueHash, key: value === null ? null : valueKey(channel, value) });
  }
  return rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null);
}
