/** Orders and transactions as the pipeline brings them in: what differs between the two is in their kind, fields and reader. */
import {
  type KnownLayout,
  type RowReader,
  type Subject,
  type SubjectField,
  type ReaderSettings,
} from "~/features/pipeline/subject";
import { describeFacts, describeFactChange } from "~/features/reconciliation/records/describe-record";
import {
  eraseFromRecords,
  listRecordsTakenIn,
  withdrawRecords,
} from "~/features/reconciliation/records/follow-source.server";
import { loadRecords, loadSourcedRecords, tryOutRecords } from "~/features/reconciliation/records/load-records.server";
import { type CanonicalRecord, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { rehearseRecords, rehearseSourcedRecords } from "~/features/reconciliation/records/rehearse-records.server";
import { recordRemarks } from "~/features/reconciliation/records/remarks";

interface Making {
  kind: RecordKind;
  noun: { one: string; many: string };
  fields: readonly SubjectField[];
  layouts: readonly KnownLayout[];
  reader: (settings: ReaderSettings) => RowReader<CanonicalRecord>;
  /** "The order with the same ID, of the same shop." */
  matched: string;
}

export function recordSubject({ kind, noun, fields, layouts, reader, matched }: Making): Subject<CanonicalRecord> {
  return {
    ...{ id: kind.table, kind: kind.kind, noun, action: `${kind.table}.imported`, fields, layouts, reader },
    placeOf: () => ({ phoneCountry: null, dateOrder: null }),
    describe: (canonical, account) => describeFacts(kind, canonical, account),
    matchings: [
      {
        ...{ id: "automatic", label: "By ID", hint: matched, words: "matched by ID" },
        ...{ isPossible: () => true, impossible: "" },
      },
    ],
    ruleFields: () => [],
    remarks: recordRemarks,
    retryRule: null,
    load: (scope, load) => loadRecords(scope, kind, load),
    rehearse: (scratch) => rehearseRecords(kind, scratch),
    tryOut: (scope, rows, rules) => tryOutRecords(scope, kind, { rows, rules }),
    describeChange: (change, account) => describeFactChange(kind, change, account),
    sourced: {
      action: `${kind.table}.synced`,
      load: (scope, load) => loadSourcedRecords(scope, kind, load),
      rehearse: (scratch) => rehearseSourcedRecords(kind, scratch),
      withdraw: (scope, gone) => withdrawRecords(scope, kind, gone),
      // Nothing stands in relation to them.
      relate: (_scope, { wanted }) => Promise.resolve({ made: wanted.map(() => null), takenBack: 0, entries: [] }),
      takenIn: (scope, rawRecordIds) => listRecordsTakenIn(scope, kind, rawRecordIds),
      // They are known by their ids: no refusal names one that fits as well.
      holdNamed: () => Promise.resolve([]),
      erase: (scope, versions) => eraseFromRecords(scope, kind, versions),
    },
  };
}
