/** Puts orders and transactions back as they were before a run; what another run has said since is left alone. */
import { type LeftAlone, type OwnWay, type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import "~/features/changes/tables";
import { canUndoRun } from "~/features/pipeline/run/undo-run.server";
import { nameOf } from "~/features/reconciliation/records/load-records.server";
import { type RecordKind, type StoredRecord } from "~/features/reconciliation/records/record-kind";
import { isAsLeft, recordFrom, type State, stateOf, withState } from "~/features/reconciliation/records/record-states";
import { dropRecords, findRecords, putRecords } from "~/features/reconciliation/records/stored-records.server";
import { valueChunks } from "~/platform/db/chunks.server";
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
function putBackOne(work: Work, entry: WrittenEntry): boolean {
  const { subjectKind, subjectId } = entry;
  const record = work.records.get(subjectId) ?? null;
  const [before, after] = [entry.before as State | null, entry.after as State | null];
  const now = before === null ? null : whatItWas(work.kind, { subjectId, record, before });
  const isTold = before === null || now !== null;
  const why =
    whyLeft(work, { record, after, isMade: before === null }) ?? (isTold ? null : "too little is known of it");
  if (why !== null) {
    work.back.leftAlone.push(leftAlone(work, { subjectId, record, why }));
    return false;
  }
  work.records.set(subjectId, now);
  work.back.entries.push({ subjectKind, subjectId, ...told(record, { now, before }) });
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

/** What putting it back changed, so that this can be undone, too. */
function told(record: StoredRecord | null, { now, before }: { now: StoredRecord | null; before: State | null }) {
  if (record && now && before) return { before: partOf(record, before), after: before };
  return { before: record && stateOf(record), after: now && stateOf(now) };
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

/** Of these subjects those that were ever of these kinds: what an undo took away can be brought back. */
export async function seenRecords(
  scope: Scope,
  kinds: readonly RecordKind[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  // Whoever sees only their own sees none of them: they are nobody's.
  if (scope.ownOnly) return seen;
  for (const some of valueChunks(ids)) {
    const rows = await scope.db
      .selectFrom("change_entries")
      .select("subject_id")
      .distinct()
      .where("account_id", "=", scope.account.id)
      .where("subject_id", "in", some)
      .where(
        "subject_kind",
        "in",
        kinds.map(({ kind }) => kind),
      )
      .execute();
    for (const { subject_id: id } of rows) seen.add(id);
  }
  return seen;
}
