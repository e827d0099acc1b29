import { tellUndone } from "~/features/changes/tell-undone.server";
import { askForUndo, enqueueUndo } from "~/features/changes/ask-for-undo.server";
import { countChangedSince } from "~/features/changes/changed-since.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { endUndo, giveUpUndo } from "~/features/changes/end-undo.server";
import { giveUpAbandonedUndos } from "~/features/changes/give-up-undo.server";
import {
  dropLeftAlone,
  keepLeftAlone,
  lastOrdinal,
  leftAloneOf,
  listToChoose,
} from "~/features/changes/left-alone.server";
import {
  findChange,
  findUndo,
  findUndoAsker,
  listChanges,
  listLeftAlone,
} from "~/features/changes/list-changes.server";
import { howToUndo, howToUndoNow, whatCameOfIt } from "~/features/changes/how-to-undo.server";
import { refusedLong, refusedShort } from "~/features/changes/may-undo.server";
import { lockUndo, resumeUndo, stopUndo } from "~/features/changes/open-undo.server";
import { countEntries, readEntries } from "~/features/changes/read-entries.server";
import { listLines, markUndone } from "~/features/changes/undo-line.server";
import { lookAt, putBack, undoChangeSet } from "~/features/changes/undo.server";
import { countLeft, countPutBack, countTouched } from "~/features/changes/undo-figures.server";
import { beginNext, listGroup, listWaiting, togetherWith } from "~/features/changes/undo-group.server";
import { undoTogether } from "~/features/changes/undo-together.server";
import { aboutUndo } from "~/features/contacts/undo/about-undo.server";
import { ownedBy } from "~/features/contacts/undo/owned-by.server";
import { listTouched, namesOfContacts, namesOfSingles } from "~/features/contacts/history/touched-contacts.server";
import { meetImport } from "~/features/contacts/undo/meet-import.server";
import { lockThem, restoreContacts, seenContacts } from "~/features/contacts/undo/restore-contacts.server";
import { restoreEdited } from "~/features/contacts/undo/restore-edited.server";
import { restoreImported, restoreRest } from "~/features/contacts/undo/restore-imported.server";
import { takeBackMarks } from "~/features/contacts/undo/restore-imported-marks.server";
import { restoreRecords, withdrawRecords } from "~/features/contacts/undo/restore-records.server";
import { tellUndoEnd } from "~/features/pipeline/run/tell-undo-end.server";
import { canUndoRun, runsOfChanges } from "~/features/pipeline/run/undo-run.server";
import { undoing } from "~/composition.server";
import { notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const nobody = { archivedAt: null, archivedBy: null, deletedAt: null, deletedBy: null };
const entry = (subjectId: string, before: object | null, after: object | null) => ({
  ...{ subjectKind: "contact", subjectId, before: before && { ...before }, after: after && { ...after } },
});
const archived = ({ archivedContactId }: Ours) => [entry(archivedContactId, nobody, nobody)];
const undone = ({ archivalId }: Ours) => ({ changeSetId: archivalId, editedToo: true });

const changeOf = ({ archivalId }: Ours) => ({
  ...{ id: archivalId, action: "contact.archived", at: "2026-05-04T09:00:00.000Z", who: null, turn: 0, counts: {} },
  ...{ undone: null, undoOf: null, last: null, eventId: null, hasEntries: true, isMuch: false },
});
const openUndo = ({ archivalId }: Ours) => ({
  ...{ id: archivalId, change_set_id: archivalId, own_change_set_id: archivalId, action: "contact.archived" },
  ...{ edited: "left" as const, below: null, after_id: null, again_below: null, stop_requested_at: null },
  ...{ entries_done: 0, entries_written: 0, left_count: 0, asked_by: null, root_id: null, turn: 0 },
  ...{ group_id: null, own_only_at: null },
});
const undoEnd = ({ archivalId, eventId, userId }: Ours) => ({
  ...{ eventId, changeSetId: archivalId, rootId: archivalId, isRedo: false, askedBy: userId, wasStopped: false },
  ...{ state: "done" as const, undone: 1, left: 0 },
});

export const undoQueries: QueryTable = {
  "features/changes/undo": {
    undoChangeSet: [(theirs, ours) => undoChangeSet(theirs, ours.archivalId, undoing), notFound],
    lookAt: [(theirs, ours) => lookAt(theirs, ours.archivalId, undoing), notFound],
    putBack: [
      async (theirs, ours) => {
        const way = { undoing, action: "contact.archived", undone: undone(ours) };
        return (await putBack(theirs, archived(ours), way)).entries;
      },
      something,
    ],
  },
  "features/changes/tell-undone": {
    tellUndone: [
      (theirs, { sync }) =>
        tellUndone(theirs, { id: sync.changeSetId, root_id: null, turn: 0, action: "contacts.synced" }, undoing),
      undefined,
    ],
  },
  "features/changes/how-to-undo": {
    howToUndoNow: [(theirs, ours) => howToUndoNow(theirs, changeOf(ours), undoing), something],
    howToUndo: [(theirs, ours) => howToUndo(theirs, changeOf(ours), undoing), something],
    whatCameOfIt: [(theirs, ours) => whatCameOfIt(theirs, changeOf(ours)), something],
  },
  "features/changes/may-undo": {
    refusedLong: [
      (theirs, ours) => refusedLong(theirs, { created_by: ours.userId, action: "contact.archived" }, undoing),
      something,
    ],
    refusedShort: [
      (theirs, ours) => refusedShort(theirs, { id: ours.archivalId, created_by: ours.userId }, undoing),
      "nothing-changed",
    ],
  },
  "features/changes/undo-group": {
    listGroup: [(theirs, ours) => listGroup(theirs, ours.archivalId), something],
    beginNext: [(theirs, ours) => beginNext(theirs, ours.archivalId), undefined],
    listWaiting: [(theirs, ours) => listWaiting(theirs, ours.archivalId), something],
    togetherWith: [async (theirs, ours) => (await togetherWith(theirs, ours.archivalId)).length, something],
  },
  "features/changes/undo-figures": {
    countPutBack: [async (theirs, ours) => (await countPutBack(theirs, ours.archivalId)) > 0, false],
    countTouched: [
      (theirs, { archivalId }) => countTouched(theirs, archivalId, { most: 10 }),
      { touched: 0, made: 0, isAll: true },
    ],
    countLeft: [
      (theirs, { archivalId }) => countLeft(theirs, { undoId: archivalId, ownChangeSetId: archivalId }),
      something,
    ],
  },
  "features/changes/undo-together": {
    undoTogether: [
      (theirs, { archivalId }) => undoTogether(theirs, { mainId: archivalId, inOrder: [archivalId], undoing }),
      notFound,
    ],
  },
  "features/contacts/undo/about-undo": {
    aboutUndo: [async (theirs, ours) => (await aboutUndo(theirs, ours.archivalId, { most: 10 })).touched, 0],
  },
  "features/contacts/undo/owned-by": {
    ownedBy: [
      (theirs, ours) => ownedBy(theirs, ours.userId, { changeSetId: ours.archivalId, subjectIds: [ours.contactId] }),
      new Set(),
    ],
  },
  "features/changes/read-entries": {
    countEntries: [(theirs, ours) => countEntries(theirs, ours.archivalId), 0],
    readEntries: [async (theirs, ours) => (await readEntries(theirs, ours.archivalId)).entries, []],
  },
  "features/changes/ask-for-undo": {
    askForUndo: [
      (theirs, ours) => askForUndo(theirs, { changeSetId: ours.archivalId, editedToo: false, count: 1 }),
      throws,
    ],
    enqueueUndo: [(theirs, ours) => enqueueUndo(theirs, ours.archivalId), undefined],
  },
  "features/changes/continue-undo": {
    continueUndo: [
      (theirs, ours) => continueUndo(theirs, ours.archivalId, { undoing, signal: new AbortController().signal }),
      undefined,
    ],
  },
  "features/changes/changed-since": {
    countChangedSince: [(theirs, ours) => countChangedSince(theirs, ours.archivalId), something],
  },
  "features/changes/open-undo": {
    lockUndo: [(theirs, ours) => lockUndo(theirs, ours.archivalId), something],
    resumeUndo: [(theirs, ours) => resumeUndo(theirs, ours.archivalId, undoing), something],
    stopUndo: [(theirs, ours) => stopUndo(theirs, ours.archivalId), undefined],
  },
  "features/changes/end-undo": {
    endUndo: [(theirs, ours) => endUndo(theirs, openUndo(ours), { undoing, state: "done" }), something],
    giveUpUndo: [(theirs, ours) => giveUpUndo(theirs, ours.archivalId, undoing), undefined],
  },
  "features/changes/give-up-undo": {
    giveUpAbandonedUndos: [(theirs) => giveUpAbandonedUndos(theirs, undoing), undefined],
  },
  "features/changes/undo-line": {
    markUndone: [
      (theirs, { archivalId }) => markUndone(theirs, { id: archivalId, root_id: null, turn: 0 }, archivalId),
      undefined,
    ],
    listLines: [(theirs, ours) => listLines(theirs, [ours.archivalId]), []],
  },
  "features/changes/left-alone": {
    keepLeftAlone: [
      (theirs, ours) =>
        keepLeftAlone(theirs, ours.archivalId, [{ subjectId: ours.contactId, name: null, what: "owner" }]),
      throws,
    ],
    lastOrdinal: [(theirs, ours) => lastOrdinal(theirs, ours.archivalId), something],
    listToChoose: [(theirs, ours) => listToChoose(theirs, { id: ours.archivalId, again_below: 9 }), something],
    dropLeftAlone: [(theirs, ours) => dropLeftAlone(theirs, ours.archivalId, [0]), undefined],
    leftAloneOf: [(theirs, ours) => leftAloneOf(theirs, ours.archivalId, [ours.contactId]), something],
  },
  "features/changes/list-changes": {
    listChanges: [async (theirs) => (await listChanges(theirs, null)).older, something],
    findChange: [(theirs, ours) => findChange(theirs, ours.archivalId), null],
    findUndo: [(theirs, ours) => findUndo(theirs, ours.archivalId), something],
    findUndoAsker: [(theirs, ours) => findUndoAsker(theirs, ours.archivalId), something],
    listLeftAlone: [(theirs, ours) => listLeftAlone(theirs, ours.archivalId, 9), something],
  },
  "features/contacts/history/touched-contacts": {
    listTouched: [(theirs, ours) => listTouched(theirs, ours.archivalId, 9), []],
    namesOfSingles: [(theirs, ours) => namesOfSingles(theirs, [ours.archivalId]), new Map()],
    namesOfContacts: [(theirs, ours) => namesOfContacts(theirs, [ours.contactId]), new Map()],
  },
  "features/contacts/undo/meet-import": {
    meetImport: [async (theirs, ours) => [...(await meetImport(theirs, ours.archivalId, [ours.contactId])).rows], []],
  },
  "features/contacts/undo/restore-contacts": {
    seenContacts: [(theirs, ours) => seenContacts(theirs, [ours.contactId]), new Set()],
    lockThem: [(theirs, ours) => lockThem(theirs, [ours.contactId]), new Map()],
    restoreContacts: [
      async (theirs, ours) =>
        (await restoreContacts(theirs, archived(ours), undone(ours))).leftAlone.map(({ name }) => name),
      [null],
    ],
  },
  "features/contacts/undo/restore-edited": {
    restoreEdited: [
      async (theirs, ours) => {
        const met = await meetImport(theirs, ours.archivalId, [ours.contactId]);
        const edited = { ...met, edited: new Set([ours.contactId]) };
        const entries = [entry(ours.contactId, {}, { values: { notes: "" } })];
        return (await restoreEdited(theirs, entries, { met: edited, changeSetId: ours.archivalId })).entries;
      },
      something,
    ],
  },
  "features/contacts/undo/restore-imported": {
    restoreImported: [
      async (theirs, ours) => (await restoreImported(theirs, [entry(ours.contactId, null, {})], undone(ours))).entries,
      [],
    ],
    restoreRest: [
      (theirs, ours) =>
        restoreRest(theirs, { ...undone(ours), after: null, leftAlone: () => Promise.resolve(new Set<string>()) }),
      something,
    ],
  },
  "features/contacts/undo/restore-imported-marks": {
    takeBackMarks: [
      async (theirs, ours) => {
        const mark = { id: ours.markId, channel: "email" };
        return (await takeBackMarks(theirs, [entry(ours.contactId, {}, { marks: [mark] })], new Set())).entries;
      },
      [],
    ],
  },
  "features/contacts/undo/restore-records": {
    restoreRecords: [async (theirs) => (await restoreRecords(theirs, [])).entries, something],
    withdrawRecords: [(theirs, ours) => withdrawRecords(theirs, [ours.createdId], null), undefined],
  },
  "features/pipeline/run/tell-undo-end": {
    tellUndoEnd: [(theirs, ours) => tellUndoEnd(theirs, undoEnd(ours)), undefined],
  },
  "features/pipeline/run/undo-run": {
    canUndoRun: [(theirs, ours) => canUndoRun(theirs, ours.archivalId), something],
    runsOfChanges: [(theirs, ours) => runsOfChanges(theirs, [ours.archivalId]), something],
  },
};
