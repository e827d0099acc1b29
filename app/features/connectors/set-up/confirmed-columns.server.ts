import { type Mappings } from "~/features/connectors/connector-settings";
import { type Suggestion } from "~/features/connectors/set-up/suggestions";
import "~/features/pipeline/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate } from "~/platform/time";

/**
 * Where columns of a provider went, as somebody of the account confirmed it by saving: kept for the account, so that a
 * second connector to the same system begins where the first one is. What was left as nobody knows it is not: nobody has
 * said so. Beside those of files, under a subject of its own.
 */

/** By stream, then by column. */
export type Confirmed = Readonly<Record<string, Readonly<Record<string, ConfirmedColumn>>>>;

interface ConfirmedColumn {
  /** "" for none. */
  field: string;
  at: string;
  /** Null: somebody whose account is gone. */
  by: string | null;
}

export function readConfirmed(text: string | null): Confirmed {
  return text === null ? {} : fromJson<Confirmed>(text);
}

/** In the transaction that saves the mapping. */
export async function keepConfirmed(
  scope: Scope,
  { provider, name }: { provider: string; name: string },
  mapping: Mappings,
): Promise<void> {
  const key = { account_id: scope.account.id, subject: "source", key: provider };
  const said = { file_name: name, saved_at: scope.clock.now(), saved_by: scope.user?.id ?? null };
  // There before it is locked: of two who begin, one waits for the other.
  await scope.db
    .insertInto("saved_mappings")
    .values({ ...key, ...said, mapping: toJson({}) })
    .onConflict((conflict) => conflict.columns(["account_id", "subject", "key"]).doNothing())
    .execute();
  const row = await scope.db
    .selectFrom("saved_mappings")
    .select("mapping")
    .where("account_id", "=", scope.account.id)
    .where("subject", "=", key.subject)
    .where("key", "=", provider)
    .$call(lockRows(scope))
    .executeTakeFirst();
  const merged = { ...withThese(readConfirmed(row?.mapping ?? null), mapping, said) };
  await scope.db
    .updateTable("saved_mappings")
    .set({ ...said, mapping: toJson(merged) })
    .where("account_id", "=", scope.account.id)
    .where("subject", "=", key.subject)
    .where("key", "=", provider)
    .execute();
}

function withThese(
  before: Confirmed,
  mapping: Mappings,
  { saved_at: at, saved_by: by }: { saved_at: string; saved_by: string | null },
): Record<string, Record<string, { field: string; at: string; by: string | null }>> {
  const all: Record<string, Record<string, { field: string; at: string; by: string | null }>> = {};
  for (const [streamId, columns] of Object.entries(before)) all[streamId] = { ...columns };
  for (const [streamId, { columns, fields, undecided = [] }] of Object.entries(mapping)) {
    const stream = (all[streamId] ??= {});
    columns.forEach(({ id }, index) => {
      const field = fields[index] ?? "";
      if (!undecided.includes(id) && stream[id]?.field !== field) stream[id] = { field, at, by };
    });
  }
  return all;
}

/** "as you mapped it on 3 May 2026" */
export function asConfirmed(
  { place, user }: Pick<Scope, "place" | "user">,
  confirmed: ConfirmedColumn | undefined,
): Suggestion | null {
  if (!confirmed) return null;
  const { field, at, by } = confirmed;
  const who = by !== null && by === user?.id ? "you mapped it" : "it was mapped here";
  return { field, confidence: 1, why: `as ${who} on ${formatDate(place, at)}` };
}
