/** Puts orders and transactions back as they were before a run; what another run has said since is left alone. */
import { type LeftAlone, type OwnWay, type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { canUndoRun } from "~/features/pipeline/run/undo-run.server";
import { nameOf } from "~/features/reconciliation/records/load-records.server";
import { type RecordKind, type StoredRecord } from "~/features/reconciliation/records/record-kind";
import { isAsLeft, recordFrom, type State, stateOf, withState } from "~/features/reconciliation/records/record-states";
import { dropRecords, findRecords, putRecords } from "~/features/reconciliation/records/stored-records.server";
import { type Scope } from "~/platform/scope.server";

export function restoring(kind: RecordKind): Omit<OwnWay, "undone"> {
  return {
    restore: (scope, entries, undone) => restoreRecords(scope, kind, { entries, ...undone }),
    // Where nothing that a record says was changed, there is nothing to put back.
    restoreRest: () => Promise.resolve({ entries: [], leftAlone: [], after: null }),
    canUndo: canUndoRun,
  };
}

export async function restoreRecords(
  scope: Scope,
  kind: RecordKind,
  { entries, editedToo }: { entries: readonly WrittenEntry[]; editedToo: boolean },
): Promise<PutBack> {
  const ids = [...new Set(entries.map(({ subjectId }) => subjectId))];
  const found = await findRecords(scope, kind, { wanted: { by: "id", ids }, lock: true });
  const records = new Map(found.map((record): [string, StoredRecord | null] => [record.id, record]));
  const work: Work = { kind, records, editedToo, back: { entries: [], leftAlone: [], gone: [] } };
  const touched = new Set<string>();
  for (const entry of entries) if (putBackOne(work, entry)) touched.add(entry.subjectId);
  const there = new Set(found.map(({ id }) => id));
  await dropRecords(
    scope,
    kind,
    [...touched].filter((id) => there.has(id)),
  );
  const now = [...touched].flatMap((id) => records.get(id) ?? []);
  await putRecords(scope, kind, now);
  work.back.gone = [...touched].filter((id) => !records.get(id));
  return work.back;
}

interface Work {
  kind: RecordKind;
  /** As they stand by now; null: no longer there. */
  records: Map<string, StoredRecord | null>;
  editedToo: boolean;
  back: Required<PutBack>;
}

/** Whether it was put back. */
function putBackOne(work: Work, { subjectKind, subjectId, before, after }: WrittenEntry): boolean {
  const { kind, records, back } = work;
  const record = records.get(subjectId) ?? null;
  const now = before === null ? null : whatItWas(kind, { subjectId, record, before: before as State });
  const why = whyLeft(work, { record, after: after as State | null, isMade: before === null });
  if (why !== null || (before !== null && now === null)) {
    back.leftAlone.push(leftAlone(work, { subjectId, record, why: why ?? "too little of it is left" }));
    return false;
  }
  records.set(subjectId, now);
  const was = record && (now ? partOf(record, before as State) : stateOf(record));
  back.entries.push({ subjectKind, subjectId, before: was, after: now && (record ? before : stateOf(now)) });
  return true;
}

interface Was {
  subjectId: string;
  record: StoredRecord | null;
  before: State;
}

function whatItWas(kind: RecordKind, { subjectId, record, before }: Was): StoredRecord | null {
  return record ? withState(record, before) : recordFrom(kind, subjectId, before);
}

interface Left {
  record: StoredRecord | null;
  after: State | null;
  isMade: boolean;
}

function whyLeft({ editedToo }: Work, { record, after, isMade }: Left): string | null {
  if (after === null) return record ? "it is there again" : null;
  if (record === null) return "it is no longer there";
  if (editedToo) return null;
  if (!isAsLeft(record, after)) return "it was changed since";
  return isMade && record.runId !== after.runId ? "another run has it, too" : null;
}

/** Of what is to be overwritten, what stood there. */
function partOf(record: StoredRecord, state: State): State {
  const whole: State = { ...record.facts, ...stateOf(record) };
  return Object.fromEntries(Object.keys(state).map((key) => [key, whole[key] ?? null]));
}

function leftAlone(
  { kind }: Work,
  { subjectId, record, why }: { subjectId: string; record: StoredRecord | null; why: string },
): LeftAlone {
  return { subjectId, name: record && nameOf(kind, record), what: "all of it", why };
}

/** Which of them are there. */
export async function seenRecords(
  scope: Scope,
  kinds: readonly RecordKind[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (const kind of kinds) {
    const found = await findRecords(scope, kind, { wanted: { by: "id", ids }, lock: false });
    for (const { id } of found) seen.add(id);
  }
  return seen;
}
