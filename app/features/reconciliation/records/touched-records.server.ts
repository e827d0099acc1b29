/** Which orders or transactions a change set touched, with what it changed of each. */
import "~/features/changes/tables";
import { type FieldChange } from "~/features/pipeline/subject";
import { describeFactChange } from "~/features/reconciliation/records/describe-record";
import { nameOf } from "~/features/reconciliation/records/load-records.server";
import { type RecordKind, type StoredRecord } from "~/features/reconciliation/records/record-kind";
import { recordFrom, type State } from "~/features/reconciliation/records/record-states";
import { findRecords } from "~/features/reconciliation/records/stored-records.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface TouchedRecord {
  position: number;
  id: string;
  name: string;
  /** It has a page. */
  isThere: boolean;
  isNew: boolean;
  changes: FieldChange[];
}

/** In the order of the change; one line for each entry. Whoever sees only their own contacts sees none. Two statements. */
export async function listTouchedRecords(
  scope: Scope,
  kind: RecordKind,
  { changeSetId, limit }: { changeSetId: string; limit: number },
): Promise<TouchedRecord[]> {
  if (scope.ownOnly) return [];
  const rows = await scope.db
    .selectFrom("change_entries")
    .select(["position", "subject_id as id", "before", "after"])
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .where("subject_kind", "=", kind.kind)
    .where((eb) => eb.or([eb("before", "is not", null), eb("after", "is not", null)]))
    .orderBy("position")
    .limit(limit)
    .execute();
  const ids = [...new Set(rows.map(({ id }) => id))];
  const found = await findRecords(scope, kind, { wanted: { by: "id", ids }, lock: false });
  const records = new Map(found.map((record) => [record.id, record]));
  return rows.map(({ position, id, ...row }) => {
    const states = { before: stateIn(row.before), after: stateIn(row.after) };
    const record = records.get(id) ?? null;
    const known = record ?? recordFrom(kind, id, states.after ?? states.before ?? {});
    return {
      ...{ position, id, name: known ? nameOf(kind, known) : `An ${kind.kind} that is gone`, isThere: record !== null },
      isNew: states.before === null,
      changes: changesOf(scope, kind, { subjectId: id, ...states, known }),
    };
  });
}

function stateIn(text: string | null): State | null {
  return text === null ? null : fromJson<State>(text);
}

interface States {
  subjectId: string;
  before: State | null;
  after: State | null;
  /** As it is now, or was when it went. */
  known: StoredRecord | null;
}

/** Of what came or went as a whole no more is told than lists tell. */
function changesOf({ place }: Scope, kind: RecordKind, { subjectId, before, after, known }: States): FieldChange[] {
  const isWhole = before === null || after === null;
  const told = Object.entries(kind.labels).filter(([column]) => !isWhole || kind.inLists.slice(1).includes(column));
  // An amount by itself does not say in which currency it is.
  const withCurrency = (state: State | null) => state && { currency: known?.facts.currency ?? null, ...state };
  const states = { subjectId, before: withCurrency(before), after: withCurrency(after) };
  return describeFactChange({ ...kind, labels: Object.fromEntries(told) }, states, place);
}
