/** The suppression list as pages and its file show it: the newest first. */
import { suppressionHasher, valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import { type Suppression } from "~/features/contacts/suppression/suppression";
import { type SuppressionFilters } from "~/features/contacts/suppression/suppression-filters";
import { suppressedValueText } from "~/features/contacts/suppression/suppression-words";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { readPhone } from "~/features/contacts/values/phone-number";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const PAGE = 50;

export interface SuppressionPage {
  suppressions: Suppression[];
  /** For the address of the page with those noted earlier; null when this is all. */
  older: string | null;
}

/** Fifty at a time. One statement. */
export async function listSuppressions(
  scope: Scope,
  filters: SuppressionFilters,
  { before = null, limit = PAGE }: { before?: string | null; limit?: number } = {},
): Promise<SuppressionPage> {
  const hashes = filters.query === "" ? null : hashesOf(scope, filters.query);
  const rows = await entries(scope)
    .$if(hashes !== null, (query) => query.where("entry.value_hash", "in", hashes ?? []))
    .$if(filters.reason !== null, (query) => query.where("entry.reason", "=", filters.reason ?? "by-hand"))
    .where("entry.lifted_at", filters.lifted ? "is not" : "is", null)
    // An id begins with the time it was made.
    .$if(before !== null && isId(before), (query) => query.where("entry.id", "<", before ?? ""))
    .orderBy("entry.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { suppressions: shown.map(toSuppression), older: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Null when there is no such entry. */
export async function findSuppression(scope: Scope, id: string): Promise<Suppression | null> {
  if (!isId(id)) return null;
  const row = await entries(scope).where("entry.id", "=", id).executeTakeFirst();
  return row ? toSuppression(row) : null;
}

/** What a typed text may mean, whole: an email, a number, an address. So an erased value is found, too. */
function hashesOf(scope: Scope, typed: string): string[] {
  const hash = suppressionHasher(scope);
  const phone = readPhone(typed, scope.account.phoneCountry);
  return [
    hash("email", valueKey("email", typed)),
    hash("address", valueKey("address", typed)),
    ...(phone.ok ? [hash("phone", phone.value)] : []),
  ];
}

/** Contacts that have this value: a few of them, by name. One statement; none for an erased value. */
export async function contactsWith(scope: Scope, { channel, value }: Suppression, limit: number) {
  if (value === null) return [];
  return scope.db
    .selectFrom("contacts")
    .innerJoin("contact_points as point", (join) =>
      join.onRef("point.account_id", "=", "contacts.account_id").onRef("point.contact_id", "=", "contacts.id"),
    )
    .select(["contacts.id", "contacts.name"])
    .distinct()
    .where("contacts.account_id", "=", scope.account.id)
    .where("point.account_id", "=", scope.account.id)
    .where("point.channel", "=", channel)
    .where("point.value_key", "=", valueKey(channel, value))
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("contacts.id")
    .limit(limit)
    .execute();
}

function entries(scope: Scope) {
  return scope.db
    .selectFrom("suppressions as entry")
    .leftJoin("users as noter", "noter.id", "entry.noted_by")
    .leftJoin("users as lifter", "lifter.id", "entry.lifted_by")
    .select(["entry.id", "entry.channel", "entry.value", "entry.reason", "entry.note", "entry.source"])
    .select(["entry.noted_at", "entry.lifted_at", "entry.lifted_reason"])
    .select(["noter.name as noted_by_name", "lifter.name as lifted_by_name"])
    .where("entry.account_id", "=", scope.account.id);
}

type Row = Awaited<ReturnType<ReturnType<typeof entries>["execute"]>>[number];

function toSuppression(row: Row): Suppression {
  const { id, channel, value, reason, note, source } = row;
  return {
    ...{ id, channel, value, reason, note, source },
    notedAt: row.noted_at,
    notedBy: row.noted_by_name,
    lifted: row.lifted_at === null ? null : { at: row.lifted_at, by: row.lifted_by_name, reason: row.lifted_reason },
  };
}

/** Of change sets that begin with an entry of the list: its value. One statement. */
export async function valuesOfChanges(
  scope: Scope,
  changeSetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (changeSetIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("change_entries as change")
    .innerJoin("suppressions as entry", (join) =>
      join.onRef("entry.account_id", "=", "change.account_id").onRef("entry.id", "=", "change.subject_id"),
    )
    .select(["change.change_set_id", "entry.channel", "entry.value"])
    .where("change.account_id", "=", scope.account.id)
    .where("change.change_set_id", "in", changeSetIds)
    .where("change.position", "=", 0)
    .where("change.subject_kind", "=", "suppression")
    .execute();
  const { phoneCountry } = scope.account;
  return new Map(rows.map((row) => [row.change_set_id, suppressedValueText(row, phoneCountry)]));
}
