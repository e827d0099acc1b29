import { isDeepStrictEqual } from "node:util";
import { computeContact, type RecordData } from "~/features/contacts/compute-contact";
import { isKnown } from "~/features/contacts/contact";
import { type Erased, eraseEntries } from "~/features/contacts/sourced/erase-entries.server";
import { loadMembers, rewriteContacts, setAside } from "~/features/contacts/serve-contact.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import "~/features/contacts/tables";
import { type ErasedVersion, type TakenIn } from "~/features/pipeline/subject-sourced";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** What a contact is called by where several fit a row, as describeCandidate puts it together. */
const namedBy = ({ typedName, givenName, familyName, company, emails, phones, addresses }: RecordData) => [
  ...[typedName, givenName, familyName, company],
  ...[emails?.map(({ value }) => value), phones?.map(({ value }) => value), addresses?.map(({ city }) => city)],
];

/** Holds the contacts of versions. Ids of those that a refusal may name by what the versions do not say any more. */
export async function holdNamed(scope: Scope, versions: readonly ErasedVersion<CanonicalContact>[]): Promise<string[]> {
  const byRun = new Map(versions.map((version) => [keyOf(version), version]));
  const records = await recordsOf(scope, [...new Set(versions.map(({ rawRecordId }) => rawRecordId))]);
  await holdContacts(scope, [...new Set(records.map((record) => record.contact_id))].sort());
  const named = records.filter((record) => {
    const version = byRun.get(keyOf(takenIn(record)));
    const stored = fromJson<RecordData>(record.data);
    const left = version ? without(stored, version.before.data, version.after.data) : stored;
    return !isDeepStrictEqual(namedBy(left), namedBy(stored));
  });
  return [...new Set(named.map((record) => record.contact_id))];
}

/**
 * Takes out of contacts what fields brought that are read no longer: out of every version of their records, out of the
 * entries that tell of it, and so out of what they say. A record that says nothing any more counts no longer; a contact of
 * which nothing is left is deleted: these are handed back.
 */
export async function eraseSourced(
  scope: Scope,
  versions: readonly ErasedVersion<CanonicalContact>[],
): Promise<string[]> {
  const byRun = new Map(versions.map((version) => [keyOf(version), version]));
  const erased: Erased[] = [];
  const rawRecordIds = [...new Set(versions.map(({ rawRecordId }) => rawRecordId))];
  const records = await recordsOf(scope, rawRecordIds);
  await holdContacts(scope, [...new Set(records.map((record) => record.contact_id))].sort());
  for (const record of records) {
    const version = byRun.get(keyOf(takenIn(record)));
    if (version) erased.push(...(await eraseOne(scope, record, version)));
  }
  await eraseEntries(scope, erased);
  return serveWhatIsLeft(scope, [...new Set(erased.map(({ contactId }) => contactId))].sort());
}

export async function listTakenIn(scope: Scope, rawRecordIds: readonly string[]): Promise<TakenIn[]> {
  const records = await recordsOf(scope, rawRecordIds);
  return [...new Map(records.map(takenIn).map((taken) => [keyOf(taken), taken])).values()];
}

function takenIn({ raw_record_id, run_id }: Pick<RecordRow, "raw_record_id" | "run_id">): TakenIn {
  return { rawRecordId: raw_record_id ?? "", runId: run_id ?? "" };
}

const keyOf = ({ rawRecordId, runId }: TakenIn) => `${rawRecordId} ${runId}`;

/** What of a record was erased. */
async function eraseOne(
  scope: Scope,
  record: RecordRow,
  { before, after, hash }: ErasedVersion<CanonicalContact>,
): Promise<Erased[]> {
  const stored = fromJson<RecordData>(record.data);
  const data = without(stored, before.data, after.data);
  if (isDeepStrictEqual(data, stored)) return [];
  await rewriteRecord(scope, record, { data, hash });
  return differing(record.contact_id, stored, data);
}

interface RecordRow {
  id: string;
  contact_id: string;
  raw_record_id: string | null;
  run_id: string | null;
  data: string;
  hash: string;
  withdrawn_at: string | null;
}

async function recordsOf(scope: Scope, rawRecordIds: readonly string[]): Promise<RecordRow[]> {
  const found: RecordRow[] = [];
  for (const ids of valueChunks(rawRecordIds)) {
    const rows = await scope.db
      .selectFrom("contact_records")
      .select(["id", "contact_id", "raw_record_id", "run_id", "data", "hash", "withdrawn_at"])
      .where("account_id", "=", scope.account.id)
      .where("raw_record_id", "in", ids)
      .execute();
    found.push(...rows);
  }
  return found;
}

/** What of a stored record does not come of what is gone. By the rules of writing it may say less than was read. */
function without(stored: RecordData, before: RecordData, after: RecordData): RecordData {
  const left: Record<string, unknown> = { ...stored };
  for (const key of Object.keys(before) as (keyof RecordData)[]) {
    if (!(key in stored) || isDeepStrictEqual(before[key], after[key])) continue;
    if (key in after) left[key] = after[key];
    else delete left[key];
  }
  return left as RecordData;
}

function differing(contactId: string, stored: RecordData, left: RecordData): Erased[] {
  const keys = Object.keys(stored) as (keyof RecordData)[];
  return keys
    .filter((key) => !isDeepStrictEqual(stored[key], left[key]))
    .map((key) => ({ contactId, key, before: stored[key], after: left[key] }));
}

async function rewriteRecord(
  scope: Scope,
  { id, withdrawn_at: withdrawnAt }: RecordRow,
  { data, hash }: { data: RecordData; hash: string },
): Promise<void> {
  const isNothing = Object.keys(data).length === 0;
  await scope.db
    .updateTable("contact_records")
    .set({
      ...{ data: toJson(data as unknown as Json), hash },
      withdrawn_at: isNothing ? (withdrawnAt ?? scope.clock.now()) : withdrawnAt,
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
}

/** To the end of the transaction, before their records, as all do: what a person types just now is seen, or comes after. */
async function holdContacts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", contactIds)
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}

async function serveWhatIsLeft(scope: Scope, contactIds: readonly string[]): Promise<string[]> {
  const loaded = await loadMembers(scope, contactIds);
  const contacts = [...loaded].map(([id, { members, pins }]) => ({ id, values: computeContact(members, pins).values }));
  await rewriteContacts(scope, contacts);
  const nothing = contacts.filter(({ values }) => !isKnown(values)).map(({ id }) => id);
  if (nothing.length === 0) return [];
  const now = scope.clock.now();
  const there = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", nothing)
    .where("deleted_at", "is", null)
    .execute();
  const ids = there.map(({ id }) => id);
  const aside = { archivedAt: now, archivedBy: null, deletedAt: now, deletedBy: null };
  if (ids.length > 0) await setAside(scope, ids, aside);
  return ids;
}
