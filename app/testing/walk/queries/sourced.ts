import { findConcerned } from "~/features/contacts/sourced/concerned.server";
import { countStandingOf } from "~/features/contacts/sourced/count-standing.server";
import { eraseEntries } from "~/features/contacts/sourced/erase-entries.server";
import { eraseSourced, holdNamed, listTakenIn } from "~/features/contacts/sourced/erase-sourced.server";
import { endRecords, loadSourced, readThose } from "~/features/contacts/sourced/load-sourced.server";
import { relateSourced, takeBack } from "~/features/contacts/sourced/relate-sourced.server";
import { keepSaid } from "~/features/contacts/sourced/said-relations.server";
import { stayedBefore } from "~/features/contacts/sourced/stayed-before.server";
import { withdrawSourced } from "~/features/contacts/sourced/withdraw-sourced.server";
import { broughtByOthers } from "~/features/contacts/undo/brought-by-others.server";
import { restoreToldRelations, takeBackHandedOver } from "~/features/contacts/undo/restore-sourced-relations.server";
import { runsOf, swapsFor } from "~/features/contacts/undo/swap-versions.server";
import { touchedBy } from "~/features/contacts/undo/touched-by.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import { type Scope } from "~/platform/scope.server";
import { type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

const canonical = { data: { givenName: "Yara", familyName: "Quill" }, ifNew: {} };

const goneOf = ({ sync }: Ours, theirs: Scope) => ({
  ...{ runId: sync.taking.run.id, sourceName: "Ledger", at: theirs.clock.now(), startedBy: null },
  records: [{ sourceRecordId: sync.rows.other.id, intoSourceRecordId: null }],
  alsoGoing: [],
  told: [],
});

const rowOf = ({ sync: { rows } }: Ours, theirs: Scope) => ({
  ...{ position: 1, rawRecordId: rows.other.raw_record_id ?? "", canonical, hash: "a hash of ours", isNew: false },
  ...{
    sourceRecordId: rows.other.id,
    remoteId: rows.other.remote_id,
    saidAt: theirs.clock.now(),
    was: rows.other.subject_id,
    goneAt: null,
  },
});

/** What became of it where nobody is there to whom it belonged: it was deleted. */
const leftAlone = { outcomes: [{ kind: "left", subjectId: null, remarks: ["deleted-here"] }], entries: [] };

export const sourcedQueries: QueryTable = {
  "features/contacts/sourced/concerned": {
    findConcerned: [
      (theirs, { sync }) => findConcerned(theirs, sync.connectorId, 10),
      { archived: 0, lessened: 0, capped: false, firstArchived: [], firstBlanked: [] },
    ],
  },
  "features/contacts/sourced/count-standing": {
    countStandingOf: [
      (theirs, { sync }) => countStandingOf(theirs, sync.connectorId, ["people"]),
      { contacts: 0, alone: 0 },
    ],
  },
  "features/contacts/sourced/erase-entries": {
    eraseEntries: [
      (theirs, { sync }) =>
        eraseEntries(theirs, [
          { contactId: sync.rows.other.subject_id ?? "", key: "familyName", before: "Quillfeather", after: undefined },
        ]),
      undefined,
    ],
  },
  "features/contacts/sourced/erase-sourced": {
    eraseSourced: [
      (theirs, { sync }) =>
        eraseSourced(theirs, [
          {
            ...{ rawRecordId: sync.rows.other.raw_record_id ?? "", runId: sync.doneRunId },
            ...{ before: canonical, after: canonical, hash: "h" },
          },
        ]),
      // Nobody is left without a record by it.
      something,
    ],
    holdNamed: [
      (theirs, { sync }) =>
        holdNamed(theirs, [
          {
            ...{ rawRecordId: sync.rows.other.raw_record_id ?? "", runId: sync.doneRunId },
            ...{ before: canonical, after: { data: {}, ifNew: {} }, hash: "h" },
          },
        ]),
      [],
    ],
    listTakenIn: [(theirs, { sync }) => listTakenIn(theirs, [sync.rows.other.raw_record_id ?? ""]), []],
  },
  "features/contacts/sourced/load-sourced": {
    loadSourced: [
      (theirs, ours) =>
        loadSourced(theirs, {
          ...{
            runId: ours.sync.taking.run.id,
            connectorId: ours.sync.connectorId,
            sourceName: "Ledger",
            startedAt: theirs.clock.now(),
            startedBy: null,
          },
          ...{ rules: usualRules, rows: [rowOf(ours, theirs)] },
        }),
      leftAlone,
    ],
    readThose: [
      (theirs, ours) => {
        const rows = [rowOf(ours, theirs)];
        const load = { runId: "", connectorId: "", sourceName: "Ledger", startedAt: theirs.clock.now() };
        return readThose(theirs, { ...load, startedBy: null, rules: usualRules, rows }, { lock: false });
      },
      something,
    ],
    endRecords: [(theirs, ours) => endRecords(theirs, [ours.record.id], ours.sync.doneRunId), undefined],
  },
  "features/contacts/sourced/relate-sourced": {
    relateSourced: [
      (theirs, { sync: { rows } }) =>
        relateSourced(theirs, {
          at: theirs.clock.now(),
          wanted: [{ type: "works-for", fromSourceRecordId: rows.other.id, toSourceRecordId: rows.company.id }],
          dropped: [],
        }),
      { made: [null], takenBack: 0, entries: [] },
    ],
    // What is said still, as ours is, stays for us, too.
    takeBack: [(theirs, { sync }) => takeBack(theirs, [{ id: sync.relationId, type: "works-for" }]), something],
  },
  "features/contacts/sourced/said-relations": {
    keepSaid: [(theirs, { sync }) => keepSaid(theirs, [sync.relationId]), new Set()],
  },
  "features/contacts/sourced/stayed-before": {
    stayedBefore: [
      (theirs, { sync }) => {
        const before = { runId: sync.doneRunId, told: [[1, 1_000]] as const };
        return stayedBefore(theirs, before, [sync.rows.other.subject_id ?? ""]);
      },
      new Map(),
    ],
  },
  "features/contacts/sourced/withdraw-sourced": {
    withdrawSourced: [
      (theirs, ours) => withdrawSourced(theirs, goneOf(ours, theirs)),
      { entries: [], stays: new Set<string>(), stood: 0, archived: 0, lessened: 0, unmoved: 0 },
    ],
  },
  "features/contacts/undo/restore-sourced-relations": {
    restoreToldRelations: [
      async (theirs, { sync: { rows, relationId, changeSetId } }) => {
        const [fromContactId, toContactId] = [rows.worker.subject_id ?? "", rows.company.subject_id ?? ""];
        const after = { id: relationId, fromContactId, toContactId, type: "works-for" };
        const entry = { subjectKind: "relationship", subjectId: fromContactId, before: null, after };
        return (await restoreToldRelations(theirs, [entry], changeSetId)).entries;
      },
      something,
    ],
    // Nobody has handed ours over.
    takeBackHandedOver: [
      (theirs, { record, sync }) => takeBackHandedOver(theirs, [record.id], sync.changeSetId),
      something,
    ],
  },
  "features/contacts/undo/swap-versions": {
    runsOf: [(theirs, { sync }) => runsOf(theirs, sync.changeSetId), []],
    swapsFor: [(theirs, { sync }) => swapsFor(theirs, sync.changeSetId, [sync.rows.other.subject_id ?? ""]), new Map()],
  },
  "features/contacts/undo/brought-by-others": {
    broughtByOthers: [(theirs, ours) => broughtByOthers(theirs, ours.sync.changeSetId, [ours.importedId]), new Set()],
  },
  "features/contacts/undo/touched-by": {
    touchedBy: [(theirs, { sync }) => touchedBy(theirs, sync.changeSetId, { after: null, limit: 9 }), []],
  },
};
