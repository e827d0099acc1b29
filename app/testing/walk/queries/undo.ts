import { askForUndo } from "~/features/changes/ask-for-undo.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { keepLeftAlone, leftAloneOf } from "~/features/changes/left-alone.server";
import {
  findChange,
  findUndo,
  findUndoAsker,
  listChanges,
  listLeftAlone,
} from "~/features/changes/list-changes.server";
import { putBack, readEntries, undoChangeSet } from "~/features/changes/undo.server";
import { listTouched, namesOfContacts } from "~/features/contacts/history/touched-contacts.server";
import { meetImport } from "~/features/contacts/undo/meet-import.server";
import { lockThem, restoreContacts, seenContacts } from "~/features/contacts/undo/restore-contacts.server";
import { restoreImported, restoreRest } from "~/features/contacts/undo/restore-imported.server";
import { takeBackMarks } from "~/features/contacts/undo/restore-imported-marks.server";
import { restoreRecords, withdrawRecords } from "~/features/contacts/undo/restore-records.server";
import { canUndoRun, filesOfChanges } from "~/features/pipeline/undo-run.server";
import { undoing } from "~/composition.server";
import { notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const nobody = { archivedAt: null, archivedBy: null, deletedAt: null, deletedBy: null };
const entry = (subjectId: string, before: object | null, after: object | null) => ({
  ...{ subjectKind: "contact", subjectId, before: before && { ...before }, after: after && { ...after } },
});
const archived = ({ archivedContactId }: Ours) => [entry(archivedContactId, nobody, nobody)];
const undone = ({ archivalId }: Ours) => ({ changeSetId: archivalId, editedToo: true });

export const undoQueries: QueryTable = {
  "features/changes/undo": {
    undoChangeSet: [(theirs, ours) => undoChangeSet(theirs, ours.archivalId, undoing), notFound],
    readEntries: [(theirs, ours) => readEntries(theirs, ours.archivalId), []],
    putBack: [
      async (theirs, ours) => {
        const way = { undoing, action: "contact.archived", undone: undone(ours) };
        return (await putBack(theirs, archived(ours), way)).entries;
      },
      something,
    ],
  },
  "features/changes/ask-for-undo": {
    askForUndo: [
      (theirs, ours) => askForUndo(theirs, { changeSetId: ours.archivalId, editedToo: false, count: 1 }),
      throws,
    ],
  },
  "features/changes/continue-undo": {
    continueUndo: [
      (theirs, ours) => continueUndo(theirs, ours.archivalId, { undoing, signal: new AbortController().signal }),
      undefined,
    ],
  },
  "features/changes/left-alone": {
    keepLeftAlone: [
      (theirs, ours) =>
        keepLeftAlone(theirs, ours.archivalId, {
          leftAlone: [{ subjectId: ours.contactId, name: null, what: "owner" }],
          first: 0,
        }),
      throws,
    ],
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
    namesOfContacts: [(theirs, ours) => namesOfContacts(theirs, [ours.contactId]), new Map()],
  },
  "features/contacts/undo/meet-import": {
    meetImport: [async (theirs, ours) => [...(await meetImport(theirs, ours.archivalId, [ours.contactId])).rows], []],
  },
  "features/contacts/undo/restore-contacts": {
    seenContacts: [(theirs, ours) => seenContacts(theirs, [ours.contactId]), new Set()],
    lockThem: [(theirs, ours) => lockThem(theirs, [ours.contactId]), new Map()],
    restoreContacts: [
      async (theirs, ours) => (await restoreContacts(theirs, archived(ours))).leftAlone.map(({ name }) => name),
      [null],
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
  "features/pipeline/undo-run": {
    canUndoRun: [(theirs, ours) => canUndoRun(theirs, ours.archivalId), something],
    filesOfChanges: [(theirs, ours) => filesOfChanges(theirs, [ours.archivalId]), something],
  },
};
