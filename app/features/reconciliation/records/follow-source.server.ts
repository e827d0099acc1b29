/** What becomes of orders and transactions when their source has them no longer, or may no longer be read whole. */
import "~/features/changes/tables";
import { type ErasedVersion, type SourcedGone, type TakenIn } from "~/features/pipeline/subject-sourced";
import "~/features/pipeline/tables";
import {
  type CanonicalRecord,
  type RecordKind,
  type StoredRecord,
} from "~/features/reconciliation/records/record-kind";
import { type State } from "~/features/reconciliation/records/record-states";
import { dropRecords, findRecords, putRecords } from "~/features/reconciliation/records/stored-records.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** They stay, as gone: no comparison takes them in. */
export async function withdrawRecords(scope: Scope, kind: RecordKind, { records, at }: SourcedGone) {
  const ids = records.map(({ sourceRecordId }) => sourceRecordId);
  const standing = (await findRecords(scope, kind, { wanted: { by: "source_record_id", ids }, lock: true })).filter(
    ({ goneAt }) => goneAt === null,
  );
  await rewrite(
    scope,
    kind,
    standing.map((record) => ({ ...record, goneAt: at })),
  );
  const entries = standing.map(({ id }) => ({
    ...{ subjectKind: kind.kind, subjectId: id },
    ...{ before: { goneAt: null }, after: { goneAt: at } },
  }));
  const count = standing.length;
  return { entries, stays: new Set<string>(), stood: count, archived: count, lessened: 0, unmoved: 0 };
}

/** By what stands, and by what the raw zone says became of older versions. */
export async function listRecordsTakenIn(
  scope: Scope,
  kind: RecordKind,
  rawRecordIds: readonly string[],
): Promise<TakenIn[]> {
  const standing = await findRecords(scope, kind, { wanted: { by: "raw_record_id", ids: rawRecordIds }, lock: false });
  const taken = standing.map(({ rawRecordId, runId }) => ({ rawRecordId, runId }));
  const all = [
    ...taken,
    ...(await versionsOf(scope, rawRecordIds)).map(({ id, runId }) => ({ rawRecordId: id, runId })),
  ];
  return [...new Map(all.map((one) => [`${one.rawRecordId} ${one.runId}`, one])).values()];
}

/**
 * Takes out what versions do not say any more: out of the records, and out of all entries that tell of them. A record that
 * does not even say what it comes to goes: these are handed back.
 */
export async function eraseFromRecords(
  scope: Scope,
  kind: RecordKind,
  versions: readonly ErasedVersion<CanonicalRecord>[],
): Promise<string[]> {
  const erased = await erasedBySubject(scope, versions);
  const records = await findRecords(scope, kind, { wanted: { by: "id", ids: [...erased.keys()] }, lock: true });
  const hashes = new Map(versions.map(({ rawRecordId, runId, hash }) => [`${rawRecordId} ${runId}`, hash]));
  const left = records.map((record) => without(record, { erased: erased.get(record.id) ?? new Set(), hashes }));
  const isNothing = ({ facts }: StoredRecord) => kind.required.some((column) => facts[column] === null);
  const gone = left.filter(isNothing).map(({ id }) => id);
  await rewrite(
    scope,
    kind,
    left.filter((record) => !isNothing(record)),
  );
  await dropRecords(scope, kind, gone);
  await eraseEntriesOf(scope, kind, erased);
  return gone;
}

type Erased = ReadonlyMap<string, ReadonlySet<string>>;

/** By the record's id its columns of which some version said something that it says no longer. */
async function erasedBySubject(scope: Scope, versions: readonly ErasedVersion<CanonicalRecord>[]): Promise<Erased> {
  const subjectOf = new Map(
    (await versionsOf(scope, [...new Set(versions.map(({ rawRecordId }) => rawRecordId))])).map((one) => [
      one.id,
      one.subjectId,
    ]),
  );
  const erased = new Map<string, Set<string>>();
  for (const { rawRecordId, before, after } of versions) {
    const subjectId = subjectOf.get(rawRecordId);
    if (!subjectId) continue;
    const columns = Object.keys(before.facts).filter((column) => before.facts[column] !== after.facts[column]);
    const known = erased.get(subjectId) ?? new Set<string>();
    for (const column of columns) known.add(column);
    erased.set(subjectId, known);
  }
  return erased;
}

async function versionsOf(scope: Scope, rawRecordIds: readonly string[]) {
  const found: { id: string; runId: string; subjectId: string | null }[] = [];
  for (const ids of valueChunks(rawRecordIds)) {
    const rows = await scope.db
      .selectFrom("raw_records")
      .select(["id", "run_id as runId", "subject_id as subjectId"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .where("subject_id", "is not", null)
      .execute();
    found.push(...rows);
  }
  return found;
}

function without(
  record: StoredRecord,
  { erased, hashes }: { erased: ReadonlySet<string>; hashes: ReadonlyMap<string, string> },
): StoredRecord {
  const facts = Object.entries(record.facts).map(([column, value]) => [column, erased.has(column) ? null : value]);
  const hash = hashes.get(`${record.rawRecordId} ${record.runId}`) ?? record.hash;
  return { ...record, hash, facts: Object.fromEntries(facts) as StoredRecord["facts"] };
}

async function eraseEntriesOf(scope: Scope, { kind }: RecordKind, erased: Erased): Promise<void> {
  for (const ids of valueChunks([...erased.keys()])) {
    const entries = await scope.db
      .selectFrom("change_entries")
      .select(["change_set_id", "position", "subject_id", "before", "after"])
      .where("account_id", "=", scope.account.id)
      .where("subject_kind", "=", kind)
      .where("subject_id", "in", ids)
      .execute();
    for (const entry of entries) {
      const columns = erased.get(entry.subject_id) ?? new Set();
      const [before, after] = [withoutColumns(entry.before, columns), withoutColumns(entry.after, columns)];
      if (before === entry.before && after === entry.after) continue;
      await scope.db
        .updateTable("change_entries")
        .set({ before, after })
        .where("account_id", "=", scope.account.id)
        .where("change_set_id", "=", entry.change_set_id)
        .where("position", "=", entry.position)
        .execute();
    }
  }
}

function withoutColumns(text: string | null, columns: ReadonlySet<string>): string | null {
  if (text === null) return null;
  const state = fromJson<State>(text);
  const kept = Object.entries(state).filter(([key]) => !columns.has(key));
  return kept.length === Object.keys(state).length ? text : toJson(Object.fromEntries(kept));
}

async function rewrite(scope: Scope, kind: RecordKind, records: readonly StoredRecord[]): Promise<void> {
  await dropRecords(
    scope,
    kind,
    records.map(({ id }) => id),
  );
  await putRecords(scope, kind, records);
}
