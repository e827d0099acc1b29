import { newId } from "~/platform/ids.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { takenAgain } from "~/features/pipeline/corrections/taken-again.server";
import { cameAgain } from "~/features/pipeline/run/came-again.server";
import { isBeingUndone } from "~/features/pipeline/sourced/being-undone.server";
import { readAgain } from "~/features/pipeline/sourced/read-again.server";
import { forgetNamed, keepNamed } from "~/features/pipeline/corrections/named-in-refusals.server";
import { loadOnce, lookAtKeys } from "~/features/pipeline/corrections/claim-rows.server";
import { withoutCorrected } from "~/features/pipeline/corrections/corrected-before.server";
import {
  correctionsOfChange,
  findContinued,
  listCorrections,
} from "~/features/pipeline/corrections/corrections.server";
import {
  addOwnRule,
  changeOwnRule,
  findOwnRule,
  listOwnRules,
  listRules,
  removeOwnRule,
} from "~/features/pipeline/own-rules/own-rules.server";
import { recogniseCorrection } from "~/features/pipeline/corrections/recognise-correction.server";
import { listToCorrect, refusedTable } from "~/features/pipeline/corrections/refused-lines.server";
import {
  giveBack,
  ledgerOf,
  openPositions,
  stillRefused,
  take,
  takenBy,
  takenByRun,
} from "~/features/pipeline/corrections/taken-rows.server";
import { leaveRefused, leftToCorrect, rowsLeft } from "~/features/pipeline/corrections/rows-left.server";
import { alongWith } from "~/features/pipeline/corrections/undone-along.server";
import { undoWithCorrections } from "~/features/pipeline/corrections/undo-with-corrections.server";
import { undoing } from "~/composition.server";
import { no, notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const reading = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
const correctionOf = ({ doneId }: Ours) => ({ runId: doneId, columns: ["Tallybook row"], keyAt: 0, places: [] });
/** A row that carries the key of one of ours, as our own file has it. */
const rowOf = ({ rawRecordId, rowKey }: Ours) =>
  ({ ok: true, raw: { rawRecordId, position: 2, cells: [rowKey] }, row: {} }) as never;
/** The row that every import of the example refuses. */
const refusedCells = ["Nobody", "Reachable", "", "not an address", "020 7946 0182", ""];
const loadRows = (rows: readonly { ok: boolean }[]) =>
  Promise.resolve(rows.map(({ ok }) => (ok ? { kind: "same", subjectId: "any" } : { kind: "refused", refusals: [] })));
const rule = {
  ...{ kind: "required" as const, field: "notes", fields: ["notes"], label: "Notes", many: false },
};

const range = { ...rule, kind: "range" as const, of: "length" as const, from: null, to: "40" };

export const correctionQueries: QueryTable = {
  "features/pipeline/corrections/named-in-refusals": {
    keepNamed: [
      (theirs, ours) =>
        keepNamed(theirs, [{ run_id: ours.doneId, position: 2, ordinal: 0, subjectIds: [ours.contactId] }]),
      throws,
    ],
    forgetNamed: [(theirs, ours) => forgetNamed(theirs, [ours.contactId]), something],
  },
  "features/pipeline/corrections/claim-rows": {
    loadOnce: [
      (theirs, ours) =>
        loadOnce(theirs, {
          run: ours.open,
          rows: [rowOf(ours)],
          correction: correctionOf(ours),
          ledgerOf: ({ runId }) => ledgerOf(theirs, ours.open, runId),
          loadRows: loadRows as never,
        }),
      [{ kind: "refused", refusals: [] }],
    ],
    lookAtKeys: [
      async (theirs, ours) => (await lookAtKeys(theirs, correctionOf(ours), [rowOf(ours)])).map(({ row }) => row.ok),
      [false],
    ],
  },
  "features/pipeline/corrections/corrected-before": {
    withoutCorrected: [
      (theirs, ours) =>
        withoutCorrected(theirs, ours.open, {
          rows: [{ ok: false, raw: { rawRecordId: ours.rawRecordId, position: 3, cells: refusedCells }, refusals: [] }],
          outcomes: [{ kind: "refused", refusals: [] }],
        }),
      [{ kind: "refused", refusals: [] }],
    ],
  },
  "features/pipeline/corrections/corrections": {
    listCorrections: [(theirs, ours) => listCorrections(theirs, ours.correctedId), []],
    findContinued: [(theirs, ours) => findContinued(theirs, ours.correctionId), null],
    correctionsOfChange: [(theirs, ours) => correctionsOfChange(theirs, ours.correctedChangeId), []],
  },
  "features/pipeline/corrections/rows-left": {
    rowsLeft: [
      async (theirs, { doneId: id }) => {
        const run = {
          id,
          state: "attention" as const,
          counts: { refused: 9 },
          corrected: 0,
          connector: null,
          undone: null,
          refusedLeft: null,
        };
        // Of one that corrects another its refused rows are read.
        return (await rowsLeft(theirs, [{ ...run, continuesId: newId() }])).get(id) ?? 0;
      },
      0,
    ],
    leftToCorrect: [
      (theirs, { doneId: id }) =>
        leftToCorrect(theirs, { id, counts: { refused: 9 }, corrected: 0, continuesId: newId() }),
      0,
    ],
    leaveRefused: [(theirs, ours) => leaveRefused(theirs, ours.correctedId, true), false],
  },
  "features/pipeline/own-rules/own-rules": {
    listOwnRules: [(theirs) => listOwnRules(theirs, "contacts"), []],
    listRules: [(theirs) => listRules(theirs, "contacts"), []],
    addOwnRule: [(theirs) => addOwnRule(theirs, "contacts", rule), something],
    findOwnRule: [(theirs, ours) => findOwnRule(theirs, ours.ruleId), null],
    changeOwnRule: [(theirs, ours) => changeOwnRule(theirs, "contacts", ours.ruleId, range), notFound],
    removeOwnRule: [(theirs, ours) => removeOwnRule(theirs, ours.ruleId), no],
  },
  "features/pipeline/corrections/recognise-correction": {
    recogniseCorrection: [
      (theirs, ours) =>
        recogniseCorrection(theirs, contactSubject, { fileId: ours.fileId, columns: ["Tallybook row"], reading }),
      throws,
    ],
  },
  "features/pipeline/corrections/refused-lines": {
    refusedTable: [(theirs, ours) => refusedTable(theirs, ours.doneId), null],
    listToCorrect: [(theirs, ours) => listToCorrect(theirs, { id: ours.doneId, continuesId: null }, 9), []],
  },
  "features/pipeline/corrections/taken-again": {
    // Asked of another account's run there are none, be it stored or taken.
    takenAgain: [(theirs, ours) => takenAgain(theirs, ours.correctionId), something],
  },
  "features/pipeline/run/came-again": {
    cameAgain: [(theirs, ours) => cameAgain(theirs, ours.changeSetId), something],
  },
  "features/pipeline/sourced/being-undone": {
    isBeingUndone: [(theirs, { sync }) => isBeingUndone(theirs, sync.connectorId), something],
  },
  "features/pipeline/sourced/read-again": {
    readAgain: [
      // A run of ours is at work.
      (theirs, { sync }) => readAgain(theirs, { runId: sync.doneRunId, connectorId: sync.connectorId }),
      false,
    ],
  },
  "features/pipeline/corrections/undone-along": {
    alongWith: [(theirs, ours) => alongWith(theirs, { id: ours.correctedChangeId, turn: 0 }), []],
  },
  "features/pipeline/corrections/undo-with-corrections": {
    undoWithCorrections: [
      (theirs, ours) =>
        undoWithCorrections(
          theirs,
          { id: ours.correctedChangeId, turn: 0 },
          { undoing, editedToo: false, corrections: "too" },
        ),
      notFound,
    ],
  },
  "features/pipeline/corrections/taken-rows": {
    ledgerOf: [
      async (theirs, ours) => {
        const ledger = ledgerOf(theirs, { ...ours.open, id: ours.correctionId }, ours.correctedId);
        return [...(await ledger.takenHere([3]))];
      },
      [],
    ],
    stillRefused: [async (theirs, ours) => [...(await stillRefused(theirs, ours.doneId, [3]))], []],
    openPositions: [async (theirs, ours) => [...(await openPositions(theirs, ours.correctedId, [3]))], [3]],
    takenBy: [(theirs, ours) => takenBy(theirs, ours.correctedId, [3]), []],
    takenByRun: [
      async (theirs, ours) => [
        ...(await takenByRun(
          theirs,
          { ...ours.open, id: ours.correctionId },
          { runId: ours.correctedId, positions: [3] },
        )),
      ],
      [],
    ],
    take: [(theirs, ours) => take(theirs, ours.open, { runId: ours.doneId, wanted: new Map([[3, 3]]) }), throws],
    giveBack: [(theirs, ours) => giveBack(theirs, ours.open, { runId: ours.correctedId, positions: [3] }), undefined],
  },
};
