import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun, endRun } from "~/features/pipeline/run/continue-run.server";
import {
  discardDraft,
  discardOldDrafts,
  findDraft,
  forgetColumns,
  saveDraft,
  saveSettings,
  uploadFile,
} from "~/features/pipeline/draft/draft-run.server";
import { forgetMapping, keepMapping, recallMapping } from "~/features/pipeline/columns/saved-mappings.server";
import { addNewFields } from "~/features/pipeline/columns/new-fields.server";
import { giveUpAbandonedRuns, giveUpRun } from "~/features/pipeline/run/give-up-run.server";
import { frameCounts } from "~/features/pipeline/run/frame-counts.server";
import { inspectFile, readSample } from "~/features/pipeline/files/inspect-file.server";
import { loadAgain, loadBatch } from "~/features/pipeline/stages/load.server";
import { advance, begin, openRun, say } from "~/features/pipeline/run/open-run.server";
import { previewColumns, previewRows } from "~/features/pipeline/draft/preview.server";
import { keepRaw, listSame, markRaw, markTakenUp } from "~/features/pipeline/stages/raw.server";
import { refusedRowsCsv, refusedRowsXlsx } from "~/features/pipeline/corrections/refused-files.server";
import {
  dropRefusals,
  countOpen,
  keepRefusals,
  listRefusals,
  listRefusedBy,
  readCells,
} from "~/features/pipeline/corrections/refused-rows.server";
import { atTheStart } from "~/features/pipeline/run/run";
import { findRun, findStarter, listRuns, logTail, runQuery } from "~/features/pipeline/run/runs.server";
import { saveRules } from "~/features/pipeline/rules/save-rules.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import { storedSource } from "~/features/pipeline/files/source.server";
import { cancelRun, startRun } from "~/features/pipeline/run/start-run.server";
import { tellEnd } from "~/features/pipeline/run/tell-end.server";
import { csv } from "~/testing/walk/examples";
import { correctionQueries } from "~/testing/walk/queries/corrections";
import { no, something, throws, type Ours, type QueryTable } from "~/testing/walk/query-shape";

async function* bytes() {
  yield Buffer.from(csv);
}
const refusedOf = { kind: "refused", refusals: [{ column: null, value: null, reason: "No", rule: "none" }] } as const;
const sameOf = (ours: Ours) => ({ kind: "same", subjectId: ours.contactId }) as const;
const rawOf = ({ rawRecordId }: Ours) => ({ rawRecordId, position: 2, cells: ["Ann"] });
const reading = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
const never = new AbortController().signal;

export const pipelineQueries: QueryTable = {
  "features/pipeline/run/continue-run": {
    continueRun: [(theirs, ours) => continueRun(theirs, subjects, ours.queuedId, { signal: never }), undefined],
    endRun: [(theirs, ours) => endRun(theirs, ours.open, { state: "done" } as never), throws],
  },
  "features/pipeline/columns/new-fields": {
    addNewFields: [
      (theirs) => addNewFields(theirs, contactSubject, { columns: ["Email"], mapping: ["email"] }),
      something,
    ],
  },
  "features/pipeline/draft/draft-run": {
    uploadFile: [
      (theirs) => uploadFile(theirs, contactSubject, { name: "a.csv", mediaType: "text/csv", bytes: bytes() }),
      something,
    ],
    discardDraft: [(theirs, ours) => discardDraft(theirs, ours.draftId), no],
    discardOldDrafts: [(theirs) => discardOldDrafts(theirs, theirs.clock.now()), undefined],
    findDraft: [(theirs, ours) => findDraft(theirs, ours.draftId), null],
    forgetColumns: [(theirs, { draft }) => forgetColumns(theirs, contactSubject, draft), throws],
    saveSettings: [(theirs, { draft }) => saveSettings(theirs, draft.id, draft.settings), undefined],
    saveDraft: [
      (theirs, { draft }) =>
        saveDraft(theirs, contactSubject, {
          draft,
          choices: { ...draft.settings, mapping: [], reading: { ...reading, delimiter: ";" } },
        }),
      throws,
    ],
  },
  "features/pipeline/rules/save-rules": {
    saveRules: [
      (theirs, { draft }) => saveRules(theirs, contactSubject, { draft, rules: { ...usualRules, what: "create" } }),
      something,
    ],
  },
  "features/pipeline/run/frame-counts": {
    frameCounts: [frameCounts, { work: 0, unread: 0 }],
  },
  "features/pipeline/run/give-up-run": {
    giveUpRun: [(theirs, ours) => giveUpRun(theirs, subjects, ours.queuedId), undefined],
    giveUpAbandonedRuns: [(theirs) => giveUpAbandonedRuns(theirs, subjects), undefined],
  },
  "features/pipeline/files/inspect-file": {
    inspectFile: [(theirs, ours) => inspectFile(theirs, { id: ours.fileId, name: "a.csv" }, []), throws],
    readSample: [(theirs, ours) => readSample(theirs, ours.fileId, reading), throws],
  },
  "features/pipeline/stages/load": {
    loadBatch: [(theirs, ours) => loadBatch(theirs, ours.open, { rows: [], checkpoint: atTheStart }), throws],
    loadAgain: [(theirs, ours) => loadAgain(theirs, ours.open, { rows: [], checkpoint: atTheStart }), throws],
  },
  "features/pipeline/run/open-run": {
    openRun: [(theirs, ours) => openRun(theirs, subjects, ours.queuedId), null],
    begin: [
      (theirs, ours) => begin(theirs, ours.doneId, { change_set_id: null, started_at: null }, "contacts.synced"),
      throws,
    ],
    advance: [(theirs, ours) => advance(theirs, ours.open, { added: { read: 1 } }), throws],
    say: [(theirs, ours) => say(theirs, ours.doneId, "Done."), throws],
  },
  "features/pipeline/draft/preview": {
    previewColumns: [(theirs, ours) => previewColumns(theirs, contactSubject, ours.draft), throws],
    previewRows: [(theirs, ours) => previewRows(theirs, contactSubject, ours.draft), throws],
  },
  "features/pipeline/stages/raw": {
    keepRaw: [(theirs, ours) => keepRaw(theirs, ours.doneId, [{ raw: rawOf(ours), outcome: sameOf(ours) }]), throws],
    markRaw: [(theirs, ours) => markRaw(theirs, ours.rawRecordId, refusedOf as never), undefined],
    markTakenUp: [(theirs, ours) => markTakenUp(theirs, [ours.rawRecordId]), undefined],
    listSame: [(theirs, ours) => listSame(theirs, ours.sameRunId, [ours.importedId]), []],
  },
  "features/pipeline/corrections/refused-files": {
    refusedRowsCsv: [(theirs, ours) => refusedRowsCsv(theirs, ours.doneId), null],
    refusedRowsXlsx: [(theirs, ours) => refusedRowsXlsx(theirs, ours.doneId), null],
  },
  ...correctionQueries,
  "features/pipeline/corrections/refused-rows": {
    keepRefusals: [
      (theirs, ours) =>
        keepRefusals(theirs, { id: ours.doneId, settings: {} }, [{ raw: rawOf(ours), outcome: refusedOf as never }]),
      throws,
    ],
    dropRefusals: [(theirs, ours) => dropRefusals(theirs, ours.doneId, [2, 3]), undefined],
    countOpen: [(theirs, ours) => countOpen(theirs, [ours.doneId]), new Map()],
    listRefusals: [(theirs, ours) => listRefusals(theirs, ours.doneId, { after: 0, limit: 9 }), []],
    listRefusedBy: [(theirs, ours) => listRefusedBy(theirs, ours.doneId, { rule: "email", after: 0, limit: 9 }), []],
    readCells: [async (theirs, ours) => [...(await readCells(theirs, ours.doneId, [2, 3]))], []],
  },
  "features/pipeline/run/runs": {
    findRun: [(theirs, ours) => findRun(theirs, ours.doneId), null],
    findStarter: [(theirs, ours) => findStarter(theirs, ours.doneId), null],
    listRuns: [(theirs) => listRuns(theirs), something],
    logTail: [(theirs, ours) => logTail(theirs, ours.doneId), []],
    runQuery: [(theirs) => runQuery(theirs).execute(), something],
  },
  "features/pipeline/columns/saved-mappings": {
    keepMapping: [(theirs, { draft }) => keepMapping(theirs, "contacts", draft), undefined],
    recallMapping: [(theirs, { draft }) => recallMapping(theirs, "contacts", draft.settings), something],
    forgetMapping: [(theirs, { draft }) => forgetMapping(theirs, "contacts", draft.settings.columns), undefined],
  },
  "features/pipeline/files/source": {
    storedSource: [(theirs, ours) => storedSource(theirs, ours.fileId).size(), 0],
  },
  "features/pipeline/run/start-run": {
    startRun: [(theirs, ours) => startRun(theirs, ours.draftId), no],
    cancelRun: [(theirs, ours) => cancelRun(theirs, ours.queuedId), no],
  },
  "features/pipeline/run/tell-end": {
    tellEnd: [(theirs, ours) => tellEnd(theirs, ours.doneId), undefined],
  },
};
