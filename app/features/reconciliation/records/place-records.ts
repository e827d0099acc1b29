/** Decides what becomes of rows beside what is stored: the same for a run and for its trial. */
import { type LoadOutcome, type Refusal } from "~/features/pipeline/subject";
import { fieldRule, type WritingRules } from "~/features/pipeline/subject-rules";
import {
  type CanonicalRecord,
  type Facts,
  type RecordKind,
  type StoredRecord,
  wholeFacts,
} from "~/features/reconciliation/records/record-kind";
import { changeOf, stateOf } from "~/features/reconciliation/records/record-states";
import { ADDED_UP, FURTHER_LINE, NOT_THERE, THERE_ALREADY } from "~/features/reconciliation/records/remarks";

/** A row with all by which it is stored. */
export interface RowToPlace {
  canonical: CanonicalRecord;
  hash: string;
  rawRecordId: string;
  origin: string;
  remoteId: string;
  sourceRecordId: string | null;
}

export interface Placing {
  kind: RecordKind;
  runId: string;
  rules: WritingRules;
  newId: () => string;
  /** By `keyOf`; moves on as rows are placed. */
  known: Map<string, StoredRecord>;
  /** Of files: records that a row of this run came out the same for, with that row's version. */
  saidBefore: Map<string, string>;
}

export interface Placed {
  outcome: LoadOutcome;
  /** As it is stored from now on; null: nothing is. */
  now: StoredRecord | null;
}

/** A connector's records are known by their source record, whatever they are called; a file's by their name. */
export function keyOf({
  origin,
  remoteId,
  sourceRecordId,
}: Pick<StoredRecord, "origin" | "remoteId" | "sourceRecordId">) {
  return sourceRecordId ?? `${origin}\n${remoteId}`;
}

export function placeRow(placing: Placing, row: RowToPlace): Placed {
  const known = placing.known.get(keyOf(row));
  const placed = known ? placeKnown(placing, row, known) : placeNew(placing, row);
  if (placed.now) placing.known.set(keyOf(row), placed.now);
  const { outcome } = placed;
  const all = [...row.canonical.remarks, ...("remarks" in outcome ? (outcome.remarks ?? []) : [])];
  return outcome.kind === "refused" || all.length === 0 ? placed : { ...placed, outcome: { ...outcome, remarks: all } };
}

function placeNew({ kind, rules, runId, newId }: Placing, row: RowToPlace): Placed {
  if (row.canonical.isFurtherLine) return { outcome: furtherLine(row, null), now: null };
  if (rules.what === "update") return { outcome: { kind: "left", subjectId: null, remarks: [NOT_THERE] }, now: null };
  const { origin, remoteId, sourceRecordId, rawRecordId, hash } = row;
  const facts = wholeFacts(kind, row.canonical.facts);
  const now = { id: newId(), origin, remoteId, sourceRecordId, rawRecordId, runId, hash, goneAt: null, facts };
  return { outcome: { kind: "new", subjectId: now.id, before: null, after: stateOf(now) }, now };
}

function placeKnown(placing: Placing, row: RowToPlace, known: StoredRecord): Placed {
  const subjectId = known.id;
  if (row.canonical.isFurtherLine) return { outcome: furtherLine(row, subjectId), now: null };
  if (row.sourceRecordId === null && wasSaid(placing, known)) return placeAgain(placing, row, known);
  if (placing.rules.what === "create") {
    return { outcome: { kind: "left", subjectId, remarks: [THERE_ALREADY] }, now: null };
  }
  const placed = written(placing, row, { known, facts: factsBeside(placing, row, known) });
  if (placed.outcome.kind === "same") placing.saidBefore.set(known.id, row.rawRecordId);
  return placed;
}

/** It may say the number alone where the first row says another ID: then it is not known whose it is, and says nothing. */
function furtherLine({ sourceRecordId }: RowToPlace, subjectId: string | null): LoadOutcome {
  // A connector says all of a record, or it says too little.
  if (sourceRecordId !== null) return refusal("no-total", "The record does not say what the order comes to.");
  const remarks = [FURTHER_LINE];
  return subjectId === null ? { kind: "left", subjectId, remarks } : { kind: "same", subjectId, remarks };
}

function wasSaid({ runId, saidBefore }: Placing, { id, runId: lastRun }: StoredRecord): boolean {
  return lastRun === runId || saidBefore.has(id);
}

/** What a row leaves of what is there: a connector says all of a record, a file what its columns are for. */
function factsBeside({ kind, rules }: Placing, { canonical, sourceRecordId }: RowToPlace, known: StoredRecord): Facts {
  const said = sourceRecordId === null ? { ...known.facts, ...canonical.facts } : wholeFacts(kind, canonical.facts);
  const kept = Object.entries(known.facts).filter(
    ([column, value]) => value !== null && fieldRule(rules, column) !== "overwrite",
  );
  return { ...said, ...Object.fromEntries(kept) };
}

/** The same name a second time in one file. */
function placeAgain(placing: Placing, row: RowToPlace, known: StoredRecord): Placed {
  const { together } = placing.kind;
  if (together) {
    const { outcome, now } = written(placing, row, { known, facts: together(known.facts, row.canonical.facts) });
    return { outcome: outcome.kind === "refused" ? outcome : { ...outcome, remarks: [ADDED_UP] }, now };
  }
  const differs = Object.entries(row.canonical.facts).some(([column, value]) => known.facts[column] !== value);
  if (!differs) return { outcome: { kind: "same", subjectId: known.id }, now: null };
  const reason = `Another row of this file has “${row.remoteId}”, too, and says something else of it. Correct one of the two; or, where they are two orders, bring in a column with an ID of each.`;
  return { outcome: refusal("said-twice", reason), now: null };
}

interface Writing {
  known: StoredRecord;
  facts: Facts;
}

function written({ runId }: Placing, row: RowToPlace, { known, facts }: Writing): Placed {
  const { remoteId, rawRecordId, hash } = row;
  const now: StoredRecord = { ...known, remoteId, rawRecordId, runId, hash, goneAt: null, facts };
  const change = changeOf(known, now);
  if (change) return { outcome: { kind: "changed", subjectId: known.id, ...change }, now };
  const isKept = row.sourceRecordId !== null;
  return { outcome: { kind: isKept ? "kept" : "same", subjectId: known.id }, now: isKept ? now : null };
}

function refusal(rule: string, reason: string): LoadOutcome {
  const refusals: Refusal[] = [{ column: null, value: null, reason, rule }];
  return { kind: "refused", refusals };
}
