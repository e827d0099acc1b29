import { countRaw } from "~/features/pipeline/zones/count-raw.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import { recordCounts } from "~/features/reconciliation/records/count-records.server";
import { findKeptRecord } from "~/features/reconciliation/records/find-record.server";
import { listRecords } from "~/features/reconciliation/records/list-records.server";
import {
  eraseFromRecords,
  listRecordsTakenIn,
  withdrawRecords,
} from "~/features/reconciliation/records/follow-source.server";
import {
  knownTo,
  loadRecords,
  loadSourcedRecords,
  rowOfFile,
  tryOutRecords,
} from "~/features/reconciliation/records/load-records.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { readOrders, readTransactions } from "~/features/reconciliation/records/read-records.server";
import { type CanonicalRecord, type StoredRecord } from "~/features/reconciliation/records/record-kind";
import { restoreRecords, seenRecords } from "~/features/reconciliation/records/restore-records.server";
import { countStandingRecords } from "~/features/reconciliation/records/standing-records.server";
import { dropRecords, findRecords, putRecords } from "~/features/reconciliation/records/stored-records.server";
import { listTouchedRecords } from "~/features/reconciliation/records/touched-records.server";
import { newId } from "~/platform/ids.server";
import { type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

/** What they read of what is called as ours is. */
function canonicalOf({ remoteId }: StoredRecord): CanonicalRecord {
  const facts = { placed_at: "2026-04-01T10:00:00.000Z", currency: "GBP", total_minor: "100", standing: "sale" };
  return { name: remoteId, shop: null, facts, isFurtherLine: false, remarks: [] };
}

const rowOf = (record: StoredRecord) => ({
  ...{ position: 1, rawRecordId: newId(), canonical: canonicalOf(record), hash: "a hash of theirs" },
});

/** Only what is there may be changed: of ours nothing is there for them. */
const rules = { ...usualRules, what: "update" as const };

const load = ({ orders }: Ours, startedAt: string) => ({
  ...{ runId: newId(), observedAt: startedAt, startedBy: null, rules, rows: [rowOf(orders.ofFile)] },
  earlierRows: () => Promise.resolve([]),
});

const sourcedLoad = ({ orders: { sourced } }: Ours, startedAt: string) => ({
  ...{ runId: newId(), connectorId: sourced.origin, sourceName: "Their shop", startedAt, startedBy: null, rules },
  rows: [
    {
      ...{ ...rowOf(sourced), sourceRecordId: sourced.sourceRecordId ?? "", remoteId: sourced.remoteId },
      ...{ isNew: false, saidAt: startedAt, was: sourced.id, goneAt: null },
    },
  ],
});

async function allOf<Item>(batches: AsyncGenerator<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

const none = { count: 0, capped: false };
const year = { from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" };
const left = { kind: "left", subjectId: null, remarks: ["not-there"] };

export const recordQueries: QueryTable = {
  "features/reconciliation/records/follow-source": {
    withdrawRecords: [
      (theirs, { orders: { sourced } }) =>
        withdrawRecords(theirs, orderKind, {
          ...{ runId: newId(), sourceName: "Their shop", at: theirs.clock.now(), startedBy: null },
          ...{ alsoGoing: [], told: [] },
          records: [{ sourceRecordId: sourced.sourceRecordId ?? "", intoSourceRecordId: null }],
        }),
      { entries: [], stays: new Set(), stood: 0, archived: 0, lessened: 0, unmoved: 0 },
    ],
    listRecordsTakenIn: [
      (theirs, { orders }) => listRecordsTakenIn(theirs, orderKind, [orders.sourced.rawRecordId]),
      [],
    ],
    eraseFromRecords: [
      (theirs, { orders: { sourced } }) => {
        const [before, after] = [canonicalOf(sourced), { ...canonicalOf(sourced), facts: {} }];
        const { rawRecordId, runId } = sourced;
        return eraseFromRecords(theirs, orderKind, [{ rawRecordId, runId, before, after, hash: "h" }]);
      },
      // No version of ours lies in the raw zone.
      something,
    ],
  },
  "features/reconciliation/records/load-records": {
    knownTo: [
      (theirs, { orders }) => knownTo(theirs, orderKind, { rows: [rowOfFile(rowOf(orders.ofFile))], lock: false }),
      new Map(),
    ],
    loadRecords: [
      (theirs, ours) => loadRecords(theirs, orderKind, load(ours, theirs.clock.now())),
      { outcomes: [left], takenUp: [] },
    ],
    loadSourcedRecords: [
      (theirs, ours) => loadSourcedRecords(theirs, orderKind, sourcedLoad(ours, theirs.clock.now())),
      { outcomes: [left], entries: [] },
    ],
    tryOutRecords: [
      (theirs, { orders }) => tryOutRecords(theirs, orderKind, { rows: [rowOf(orders.ofFile)], rules }),
      [{ kind: "same", remarks: ["not-there"], subjectId: null, name: null, isLeft: true }],
    ],
  },
  "features/reconciliation/records/list-records": {
    listRecords: [
      (theirs, { orders }) =>
        listRecords(theirs, orderKind, { connectorId: orders.sourced.origin, after: `2026-12-31_${orders.ofFile.id}` }),
      { rows: [], after: null },
    ],
  },
  "features/reconciliation/records/find-record": {
    findKeptRecord: [(theirs, { orders }) => findKeptRecord(theirs, orderKind, orders.ofFile.id), null],
  },
  "features/reconciliation/records/count-records": {
    recordCounts: [
      async (theirs) => {
        const counts = recordCounts(theirs, { orders: orderKind }, []);
        return counts.read((await countRaw(theirs, [], counts.columns)).beside);
      },
      { orders: { files: none, others: none, connectors: new Map() } },
    ],
  },
  "features/reconciliation/records/read-records": {
    readOrders: [(theirs) => allOf(readOrders(theirs, { origin: "file", ...year })), []],
    readTransactions: [
      (theirs) => allOf(readTransactions(theirs, { origin: "file", firstDay: "2026-01-01", lastDay: "2026-12-31" })),
      [],
    ],
  },
  "features/reconciliation/records/restore-records": {
    restoreRecords: [
      (theirs, { orders }) => {
        const entry = { subjectKind: "order", subjectId: orders.ofFile.id, before: null, after: {} };
        return restoreRecords(theirs, orderKind, { entries: [entry], editedToo: true });
      },
      // It names the id that it was asked for.
      something,
    ],
    seenRecords: [(theirs, { orders }) => seenRecords(theirs, [orderKind], [orders.ofFile.id]), new Set()],
  },
  "features/reconciliation/records/touched-records": {
    listTouchedRecords: [
      (theirs, { orders: { changeSetId } }) => listTouchedRecords(theirs, orderKind, { changeSetId, limit: 9 }),
      [],
    ],
  },
  "features/reconciliation/records/standing-records": {
    countStandingRecords: [
      (theirs, { orders }) => countStandingRecords(theirs, orderKind, orders.sourced.origin),
      { records: 0, alone: 0 },
    ],
  },
  "features/reconciliation/records/stored-records": {
    findRecords: [
      (theirs, { orders }) =>
        findRecords(theirs, orderKind, { wanted: { by: "id", ids: [orders.ofFile.id] }, lock: false }),
      [],
    ],
    putRecords: [(theirs, { orders }) => putRecords(theirs, orderKind, [{ ...orders.ofFile, id: newId() }]), undefined],
    dropRecords: [(theirs, { orders }) => dropRecords(theirs, orderKind, [orders.ofFile.id]), undefined],
  },
};
