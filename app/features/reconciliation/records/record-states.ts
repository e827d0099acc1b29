/** How a record stands in change entries: from them an undo puts it back. */
import { type Facts, type RecordKind, type StoredRecord } from "~/features/reconciliation/records/record-kind";

export type State = Record<string, string | number | null>;

const origins = ["origin", "remoteId", "sourceRecordId"] as const;
/** Where it was said last: goes with what was said, but is nothing that a record says. */
const sources = ["rawRecordId", "runId", "hash"] as const;
const beside = [...origins, ...sources, "goneAt"] as const;

/** All of it. */
export function stateOf(record: StoredRecord): State {
  const { facts } = record;
  const said = Object.entries(facts).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(said), ...Object.fromEntries(beside.map((key) => [key, record[key]])) };
}

/** What differs; null: nothing that it says does. */
export function changeOf(before: StoredRecord, after: StoredRecord): { before: State; after: State } | null {
  const columns = Object.keys({ ...before.facts, ...after.facts });
  const changed = columns.filter((column) => (before.facts[column] ?? null) !== (after.facts[column] ?? null));
  const named = (["remoteId", "goneAt"] as const).filter((key) => before[key] !== after[key]);
  if (changed.length + named.length === 0) return null;
  const state = ({ facts, ...rest }: StoredRecord): State => ({
    ...Object.fromEntries(changed.map((column) => [column, facts[column] ?? null])),
    ...Object.fromEntries([...named, ...sources].map((key) => [key, rest[key]])),
  });
  return { before: state(before), after: state(after) };
}

/** Whether a record still says what an entry left: the same facts, by the same name, as present. */
export function isAsLeft(record: StoredRecord, left: State): boolean {
  const now: State = { ...record.facts, remoteId: record.remoteId, goneAt: record.goneAt };
  return Object.entries(left).every(([key, value]) => !(key in now) || now[key] === value);
}

/** The record with what a state says of it. */
export function withState(record: StoredRecord, state: State): StoredRecord {
  const known = Object.fromEntries(Object.entries(state).filter(([key]) => key in record.facts));
  const rest = Object.fromEntries(Object.entries(state).filter(([key]) => isBeside(key)));
  return { ...record, ...(rest as Partial<StoredRecord>), facts: { ...record.facts, ...known } };
}

/** A record as an entry tells all of it; null where too little of it is left to tell. */
export function recordFrom(kind: RecordKind, id: string, state: State): StoredRecord | null {
  const facts: Facts = Object.fromEntries(Object.keys(kind.labels).map((column) => [column, state[column] ?? null]));
  if (kind.required.some((column) => facts[column] === null)) return null;
  return { id, facts, ...(Object.fromEntries(beside.map((key) => [key, state[key] ?? null])) as Rest) };
}

type Rest = Omit<StoredRecord, "id" | "facts">;

function isBeside(key: string): boolean {
  return beside.some((name) => name === key);
}
