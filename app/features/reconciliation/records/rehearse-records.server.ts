/** Loads orders and transactions without writing: what would have been written lies in a scratch store. */
import { type Change, type LoadOutcome, type Met, type Rehearsal } from "~/features/pipeline/subject";
import { type SourcedRehearsal } from "~/features/pipeline/subject-sourced";
import {
  knownTo,
  nameOf,
  placeAll,
  placingOf,
  rowOfFile,
  rowsOfSource,
} from "~/features/reconciliation/records/load-records.server";
import { keyOf, type Placed, type RowToPlace } from "~/features/reconciliation/records/place-records";
import {
  type CanonicalRecord,
  type RecordKind,
  type StoredRecord,
} from "~/features/reconciliation/records/record-kind";
import { type Scratch } from "~/platform/db/scratch.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export function rehearseRecords(kind: RecordKind, scratch: Scratch): Rehearsal<CanonicalRecord> {
  const store = recordStore(kind, scratch);
  return {
    async load(scope, load) {
      const rows = load.rows.map(rowOfFile);
      const known = await store.over(scope, rows);
      const there = new Map(known);
      const placing = await placingOf(kind, { load, known });
      const names = namesOf(kind, known);
      const { placed, takenUp } = placeAll(placing, rows);
      store.remember(placed);
      const outcomes = placed.map(({ outcome }) => outcome);
      const met = outcomes.map((outcome) => metBy(outcome, { names, isOwn: store.isOwn }));
      return { outcomes, takenUp, met, known: knownRuns(rows, { known: there, runId: load.runId }) };
    },
  };
}

export function rehearseSourcedRecords(kind: RecordKind, scratch: Scratch): SourcedRehearsal<CanonicalRecord> {
  const store = recordStore(kind, scratch);
  return {
    async load(scope, load) {
      const rows = rowsOfSource(load);
      const known = await store.over(scope, rows);
      const names = namesOf(kind, known);
      const placing = {
        kind,
        newId,
        known,
        saidBefore: new Map<string, string>(),
        runId: load.runId,
        rules: load.rules,
      };
      const { placed } = placeAll(placing, rows);
      store.remember(placed);
      const outcomes = placed.map(({ outcome }) => outcome);
      return { outcomes, met: outcomes.map((outcome) => metBy(outcome, { names, isOwn: store.isOwn })) };
    },
  };
}

/** Records as they would stand by now. */
function recordStore(kind: RecordKind, scratch: Scratch) {
  const table = `rehearsed_${kind.table}`;
  scratch.exec(`create table ${table} (key text primary key, id text, is_own integer, state text) without rowid;
    create index ${table}_by_id on ${table} (id);`);
  const put = scratch.prepare(
    `insert into ${table} values (?, ?, ?, ?) on conflict do update set state = excluded.state`,
  );
  const read = scratch.prepare(`select state from ${table} where key = ?`).pluck();
  const own = scratch.prepare(`select is_own from ${table} where id = ?`).pluck();
  return {
    async over(scope: Scope, rows: readonly RowToPlace[]): Promise<Map<string, StoredRecord>> {
      const known = await knownTo(scope, kind, { rows, lock: false });
      for (const key of new Set(rows.map(keyOf))) {
        const state = read.get(key) as string | undefined;
        if (state !== undefined) known.set(key, JSON.parse(state) as StoredRecord);
      }
      return known;
    },
    /** The trial itself would bring it in. */
    isOwn: (id: string) => own.get(id) === 1,
    remember(placed: readonly Placed[]): void {
      scratch.together(() => {
        for (const { outcome, now } of placed) {
          if (now) put.run(keyOf(now), now.id, Number(outcome.kind === "new"), JSON.stringify(now));
        }
      });
    },
  };
}

function namesOf(kind: RecordKind, known: ReadonlyMap<string, StoredRecord>): ReadonlyMap<string, string> {
  return new Map([...known.values()].map((record) => [record.id, nameOf(kind, record)]));
}

interface Meeting {
  names: ReadonlyMap<string, string>;
  isOwn: (id: string) => boolean;
}

function metBy(outcome: LoadOutcome, { names, isOwn }: Meeting): Met | null {
  if (outcome.kind === "refused" || outcome.kind === "new" || outcome.subjectId === null) return null;
  const { subjectId: id } = outcome;
  const name = names.get(id);
  if (name === undefined || isOwn(id)) return null;
  return { id, name, isBlanked: outcome.kind === "changed" && isBlanked(outcome) };
}

function isBlanked({ before, after }: Change): boolean {
  return Object.entries(before ?? {}).some(([key, value]) => value !== null && after?.[key] === null);
}

/** The runs that the very same rows came of. */
function knownRuns(
  rows: readonly RowToPlace[],
  { known, runId }: { known: ReadonlyMap<string, StoredRecord>; runId: string },
) {
  const runs = new Map<string, number>();
  for (const row of rows) {
    const there = known.get(keyOf(row));
    if (there && there.hash === row.hash && there.runId !== runId)
      runs.set(there.runId, (runs.get(there.runId) ?? 0) + 1);
  }
  return [...runs].map(([id, count]) => ({ runId: id, rows: count }));
}
