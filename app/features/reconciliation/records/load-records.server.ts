/** Writes batches of orders and of transactions, of files and of connectors: some five statements each. */
import {
  type CanonicalRow,
  type Load,
  type LoadOutcome,
  type LoadResult,
  type Trial,
} from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { type Entry, type SourcedLoad, type SourcedOutcome } from "~/features/pipeline/subject-sourced";
import {
  keyOf,
  type Placed,
  placeRow,
  type Placing,
  type RowToPlace,
} from "~/features/reconciliation/records/place-records";
import {
  type CanonicalRecord,
  originOfFile,
  type RecordKind,
  type StoredRecord,
} from "~/features/reconciliation/records/record-kind";
import {
  dropRecords,
  findRecords,
  putRecords,
  type Wanted,
} from "~/features/reconciliation/records/stored-records.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** `origin`: of rows that are none of the shop's that they name. */
export async function loadRecords(
  scope: Scope,
  kind: RecordKind,
  load: Load<CanonicalRecord>,
  origin?: string,
): Promise<LoadResult> {
  const rows = load.rows.map(rowOfFile).map((row) => (origin === undefined ? row : { ...row, origin }));
  const placing = await placingOf(kind, { load, known: await knownTo(scope, kind, { rows, lock: true }) });
  const before = new Set([...placing.known.values()].map(({ id }) => id));
  const { placed, takenUp } = placeAll(placing, rows);
  await write(scope, kind, { placed, before });
  return { outcomes: placed.map(({ outcome }) => outcome), takenUp };
}

export async function loadSourcedRecords(
  scope: Scope,
  kind: RecordKind,
  load: SourcedLoad<CanonicalRecord>,
): Promise<{ outcomes: SourcedOutcome[]; entries: Entry[] }> {
  const rows = rowsOfSource(load);
  const known = await knownTo(scope, kind, { rows, lock: true });
  const before = new Set([...known.values()].map(({ id }) => id));
  const placing = { kind, newId, known, saidBefore: new Map<string, string>(), runId: load.runId, rules: load.rules };
  const { placed } = placeAll(placing, rows);
  await write(scope, kind, { placed, before });
  const outcomes = placed.map(({ outcome }) => outcome);
  return { outcomes: outcomes.map(sourced), entries: outcomes.flatMap((outcome) => entryOf(kind, outcome)) };
}

/** What loading these rows now would do. */
export async function tryOutRecords(
  scope: Scope,
  kind: RecordKind,
  { rows: given, rules }: { rows: readonly CanonicalRow<CanonicalRecord>[]; rules: WritingRules },
): Promise<Trial[]> {
  const rows = given.map(rowOfFile);
  const known = await knownTo(scope, kind, { rows, lock: false });
  const names = new Map([...known.values()].map((record) => [record.id, nameOf(kind, record)]));
  const placing = { kind, newId, known, saidBefore: new Map<string, string>(), runId: "", rules };
  return placeAll(placing, rows).placed.map(({ outcome }): Trial => {
    if (outcome.kind === "refused") return outcome;
    const { kind: became, subjectId, remarks = [] } = outcome;
    const name = names.get(subjectId ?? "") ?? null;
    return {
      ...{ kind: became === "kept" || became === "left" ? "same" : became, remarks },
      ...{ subjectId: name === null ? null : subjectId, name },
      ...(became === "left" ? { isLeft: true } : {}),
    };
  });
}

export function nameOf(kind: RecordKind, { facts, remoteId }: StoredRecord): string {
  return kind.called(facts) ?? remoteId;
}

export function rowOfFile({ canonical, hash, rawRecordId }: CanonicalRow<CanonicalRecord>): RowToPlace {
  const origin = originOfFile(canonical.shop);
  return { canonical, hash, rawRecordId, origin, remoteId: canonical.name, sourceRecordId: null };
}

export function rowsOfSource({ rows, connectorId }: SourcedLoad<CanonicalRecord>): RowToPlace[] {
  return rows.map(({ canonical, hash, rawRecordId, sourceRecordId, remoteId }) => ({
    ...{ canonical, hash, rawRecordId, sourceRecordId, remoteId, origin: connectorId },
  }));
}

/** What is stored of the records that rows are of, by key. */
export async function knownTo(
  scope: Scope,
  kind: RecordKind,
  { rows, lock }: { rows: readonly RowToPlace[]; lock: boolean },
): Promise<Map<string, StoredRecord>> {
  const known = new Map<string, StoredRecord>();
  for (const wanted of wantedOf(rows)) {
    for (const record of await findRecords(scope, kind, { wanted, lock })) known.set(keyOf(record), record);
  }
  return known;
}

function wantedOf(rows: readonly RowToPlace[]): Wanted[] {
  const ids = [...new Set(rows.flatMap(({ sourceRecordId }) => sourceRecordId ?? []))];
  const names = new Map<string, Set<string>>();
  for (const { origin, remoteId, sourceRecordId } of rows) {
    if (sourceRecordId === null) names.set(origin, (names.get(origin) ?? new Set()).add(remoteId));
  }
  const byName = [...names].map(([origin, some]): Wanted => ({ by: "name", origin, names: [...some] }));
  return ids.length > 0 ? [{ by: "source_record_id", ids }, ...byName] : byName;
}

/** With the rows of this run that came out the same before: the same name again is said twice. */
export async function placingOf(
  kind: RecordKind,
  { load, known }: { load: Load<CanonicalRecord>; known: Map<string, StoredRecord> },
): Promise<Placing> {
  const ids = [...known.values()].filter(({ runId }) => runId !== load.runId).map(({ id }) => id);
  const earlier = ids.length > 0 ? await load.earlierRows(ids) : [];
  const saidBefore = new Map(earlier.map(({ subjectId, row }) => [subjectId, row.rawRecordId]));
  return { kind, newId, known, saidBefore, runId: load.runId, rules: load.rules };
}

export function placeAll(placing: Placing, rows: readonly RowToPlace[]) {
  const takenUp: string[] = [];
  const inBatch = new Set(rows.map(({ rawRecordId }) => rawRecordId));
  const placed = rows.map((row) => {
    const one = placeRow(placing, row);
    const before = one.now && placing.saidBefore.get(one.now.id);
    // What was the same was added to: it counts now.
    if (one.outcome.kind === "changed" && before && !inBatch.has(before)) takenUp.push(before);
    return one;
  });
  return { placed, takenUp };
}

async function write(
  scope: Scope,
  kind: RecordKind,
  { placed, before }: { placed: readonly Placed[]; before: ReadonlySet<string> },
): Promise<void> {
  const now = new Map(placed.flatMap((one) => (one.now ? [[one.now.id, one.now]] : [])));
  await dropRecords(
    scope,
    kind,
    [...now.keys()].filter((id) => before.has(id)),
  );
  await putRecords(scope, kind, [...now.values()]);
}

/** As a source hears of it: nothing is the same that it was asked to load. */
function sourced(outcome: LoadOutcome): SourcedOutcome {
  if (outcome.kind === "refused") return outcome;
  const { remarks = [] } = outcome;
  if (outcome.kind === "left") return { kind: "left", subjectId: outcome.subjectId, remarks };
  return { kind: outcome.kind === "same" ? "kept" : outcome.kind, subjectId: outcome.subjectId, remarks };
}

function entryOf({ kind }: RecordKind, outcome: LoadOutcome): Entry[] {
  if (outcome.kind !== "new" && outcome.kind !== "changed") return [];
  const { subjectId, before, after } = outcome;
  return [{ subjectKind: kind, subjectId, before, after }];
}
