/**
 * Every exported function that takes an account's scope, called by another account with everything of ours that it can
 * be told: what comes of it. A function that is not in here fails the walk (`queries.test.ts`).
 */
import { subjects } from "~/composition.server";
import { findActor, listMembers, setMembership } from "~/features/accounts/accounts.server";
import { changeSettings } from "~/features/accounts/settings.server";
import { recordEvent, verifyChain } from "~/features/audit/audit.server";
import { addEntries, closeChangeSet, openChangeSet } from "~/features/changes/changes.server";
import {
  archiveContact,
  archiveContacts,
  countCurrent,
  restoreContact,
  restoreContacts,
  undoArchival,
} from "~/features/contacts/archive-contacts.server";
import { pinFields, writeByHand } from "~/features/contacts/by-hand.server";
import { type MemberRecord } from "~/features/contacts/compute-contact";
import { nothingKnown } from "~/features/contacts/contact";
import { loadContacts, tryOutContacts } from "~/features/contacts/contact-load.server";
import { readView } from "~/features/contacts/contact-list";
import { contactSubject } from "~/features/contacts/contact-subject.server";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findAlike } from "~/features/contacts/find-alike.server";
import { findContact, findContactName } from "~/features/contacts/find-contact.server";
import { listHistory } from "~/features/contacts/history.server";
import { listContacts, listIds } from "~/features/contacts/list-contacts.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { listRelated, relate, unrelate } from "~/features/contacts/relationships.server";
import { searchIds, searchListed, searchPage } from "~/features/contacts/search-contacts.server";
import { indexContacts } from "~/features/contacts/search-index.server";
import { parseSearch } from "~/features/contacts/search-terms.server";
import {
  loadMembers,
  rewriteContacts,
  serveContacts,
  setArchived,
  writeNewContacts,
} from "~/features/contacts/serve-contact.server";
import { linkTags, listTags } from "~/features/contacts/tags.server";
import { continueRun, endRun } from "~/features/pipeline/continue-run.server";
import {
  discardDraft,
  discardOldDrafts,
  type Draft,
  findDraft,
  saveDraft,
  uploadFile,
} from "~/features/pipeline/draft-run.server";
import { giveUpAbandonedRuns, giveUpRun, stopRun } from "~/features/pipeline/give-up-run.server";
import { inspectFile, readSample } from "~/features/pipeline/inspect-file.server";
import { loadAgain, loadBatch } from "~/features/pipeline/load.server";
import { advance, type OpenRun, openRun, say } from "~/features/pipeline/open-run.server";
import { previewColumns, previewRows } from "~/features/pipeline/preview.server";
import { keepRaw, listSame, markRaw, markTakenUp } from "~/features/pipeline/raw.server";
import { refusedRowsCsv } from "~/features/pipeline/refused-csv.server";
import {
  dropRefusals,
  keepRefusals,
  listRefusals,
  listRefusedBy,
  readCells,
} from "~/features/pipeline/refused-rows.server";
import { atTheStart } from "~/features/pipeline/run";
import { countWork, findEarlierImport, findRun, findStarter, listRuns, logTail } from "~/features/pipeline/runs.server";
import { cancelRun, startRun } from "~/features/pipeline/start-run.server";
import { deleteFile, findFile, readFile, storeFile, sweepUnfinishedFiles } from "~/platform/files.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later, DAY_MS } from "~/platform/time";
import { csv, type Example } from "~/testing/walk/examples";

/** What the functions are called with. */
export interface Ours extends Example {
  draft: Draft;
  /** A run of ours that a worker has taken up. */
  open: OpenRun;
  record: MemberRecord;
  changeSetId: string;
  /** Of the audit. */
  eventId: string;
  rawRecordId: string;
  /** An import of rows that were there already, and one of the contacts that they are. */
  sameRunId: string;
  importedId: string;
  userId: string;
}

/** It throws: a foreign key, a lease. Nobody calls it with what they have not looked up before. */
export const throws = Symbol("throws");
/** Whatever it answers: it makes something new of their own. That there is nothing of ours in it is seen to anyhow. */
export const something = Symbol("something");

type Call = (theirs: Scope, ours: Ours) => unknown;
export type QueryTable = Record<string, Record<string, [call: Call, wanted: unknown]>>;

const notFound = { ok: false, reason: "not-found" };
const no = { ok: false };
const never = new AbortController().signal;
const terms = parseSearch("quillfeather");
const plain = readView(new URLSearchParams());
const reading = { encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
const values = { ...nothingKnown, givenName: "Ann", familyName: "Okafor" };
const rawOf = ({ rawRecordId }: Ours) => ({ rawRecordId, position: 2, cells: ["Ann"] });
const sameOf = (ours: Ours) => ({ kind: "same", subjectId: ours.contactId }) as const;
const refusedOf = { kind: "refused", refusals: [{ column: null, value: null, reason: "No", rule: "none" }] } as const;

async function* bytes() {
  yield Buffer.from(csv);
}

async function all(pieces: AsyncIterable<unknown>): Promise<unknown[]> {
  const found = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

const accounts: QueryTable = {
  "features/accounts/accounts": {
    setMembership: [(theirs, ours) => setMembership(theirs, { userId: ours.userId, role: "viewer" }), something],
    findActor: [(theirs, ours) => findActor(theirs, ours.userId), null],
    listMembers: [async (theirs) => (await listMembers(theirs)).length, something],
  },
  "features/accounts/settings": {
    changeSettings: [
      (theirs) =>
        changeSettings(theirs, {
          name: "Okafor & Lindqvist",
          colour: 2,
          phoneCountry: "GB",
          timeZone: "Europe/London",
          currency: "GBP",
        }),
      something,
    ],
  },
  "features/audit/audit": {
    recordEvent: [(theirs) => recordEvent(theirs, { action: "contact.edited" }), something],
    verifyChain: [verifyChain, something],
  },
  "features/changes/changes": {
    openChangeSet: [
      (theirs, ours) => openChangeSet(theirs, { action: "contact.edited", eventId: ours.eventId }),
      throws,
    ],
    addEntries: [
      (theirs, ours) =>
        addEntries(theirs, ours.changeSetId, [
          { position: 99, subjectKind: "contact", subjectId: ours.contactId, before: null, after: {} },
        ]),
      throws,
    ],
    closeChangeSet: [(theirs, ours) => closeChangeSet(theirs, ours.changeSetId, newId()), undefined],
  },
};

/** A row that is one of our contacts already. */
const imported = {
  data: {
    givenName: "Xanthippe",
    familyName: "Quillfeather",
    company: "Zymurgy Ltd",
    emails: [{ value: "import@quillfeather.example", label: null }],
  },
};

const contacts: QueryTable = {
  "features/contacts/archive-contacts": {
    archiveContact: [(theirs, ours) => archiveContact(theirs, ours.contactId), notFound],
    restoreContact: [(theirs, ours) => restoreContact(theirs, ours.archivedContactId), notFound],
    archiveContacts: [
      (theirs, ours) => archiveContacts(theirs, [ours.contactId, ours.otherContactId]),
      { archived: 0, changeSetId: null },
    ],
    restoreContacts: [(theirs, ours) => restoreContacts(theirs, [ours.archivedContactId]), { restored: 0 }],
    undoArchival: [(theirs, ours) => undoArchival(theirs, ours.archivalId), notFound],
    countCurrent: [(theirs, ours) => countCurrent(theirs, [ours.contactId, ours.otherContactId]), 0],
  },
  "features/contacts/by-hand": {
    writeByHand: [
      (theirs, ours) => writeByHand(theirs, ours.contactId, { data: { company: "Okafor" }, before: null }),
      throws,
    ],
    pinFields: [(theirs, ours) => pinFields(theirs, ours.contactId, ["company"]), throws],
  },
  "features/contacts/contact-load": {
    loadContacts: [
      (theirs, ours) => {
        const { rawRecordId, record, doneId } = ours;
        return loadContacts(theirs, {
          runId: doneId,
          observedAt: theirs.clock.now(),
          startedBy: null,
          rows: [{ position: 2, rawRecordId, hash: record.hash, canonical: imported as never }],
          earlierRows: async () => [],
        });
      },
      throws,
    ],
    tryOutContacts: [
      (theirs, { rawRecordId, record }) =>
        tryOutContacts(theirs, [{ position: 2, rawRecordId, hash: record.hash, canonical: imported as never }]),
      [{ kind: "new", subjectId: null, name: null, remarks: [] }],
    ],
  },
  "features/contacts/edit-contact": {
    createContact: [(theirs) => createContact(theirs, values), something],
    editContact: [(theirs, ours) => editContact(theirs, ours.contactId, { version: 1, values }), notFound],
    unpinField: [(theirs, ours) => unpinField(theirs, ours.contactId, "company"), notFound],
  },
  "features/contacts/find-alike": {
    findAlike: [
      (theirs) =>
        findAlike(theirs, { ...nothingKnown, emails: [{ value: "import@quillfeather.example", label: null }] }),
      [],
    ],
  },
  "features/contacts/find-contact": {
    findContact: [(theirs, ours) => findContact(theirs, ours.contactId), null],
    findContactName: [(theirs, ours) => findContactName(theirs, ours.contactId), null],
  },
  "features/contacts/history": {
    listHistory: [(theirs, ours) => listHistory(theirs, ours.contactId), { entries: [], older: null }],
  },
  "features/contacts/list-contacts": {
    listContacts: [
      async (theirs, ours) => {
        const queries = [
          "",
          `tag=${ours.tagId}`,
          "q=quillfeather",
          "q=zymurgy",
          "archived=yes",
          `after=${ours.contactId}~1~a`,
        ];
        const pages = queries.map((query) => listContacts(theirs, readView(new URLSearchParams(query)), 3));
        return (await Promise.all(pages)).flatMap((page) => page.contacts);
      },
      [],
    ],
    listIds: [
      async (theirs) => {
        const queries = ["", "q=quillfeather", "q=zymurgy", "archived=yes"];
        const found = queries.map((query) => listIds(theirs, readView(new URLSearchParams(query)), 100));
        return (await Promise.all(found)).flat();
      },
      [],
    ],
  },
  "features/contacts/record-change": {
    recordChange: [
      (theirs) => inTransaction(theirs, (scope) => recordChange(scope, { action: "contact.edited", entries: [] })),
      something,
    ],
  },
  "features/contacts/relationships": {
    listRelated: [(theirs, ours) => listRelated(theirs, ours.contactId), []],
    relate: [
      (theirs, { contactId, otherContactId }) =>
        relate(theirs, { fromId: contactId, toId: otherContactId, type: "manages" }),
      notFound,
    ],
    unrelate: [(theirs, { contactId, relationshipId }) => unrelate(theirs, { contactId, relationshipId }), notFound],
  },
  "features/contacts/search-contacts": {
    searchPage: [(theirs) => terms && searchPage(theirs, terms, plain), { tooMany: false, total: 0, rows: [] }],
    searchListed: [(theirs) => terms && searchListed(theirs, terms, plain, 100), []],
    searchIds: [(theirs) => terms && searchIds(theirs, terms, 100), []],
  },
  "features/contacts/search-index": {
    indexContacts: [(theirs, ours) => indexContacts(theirs, [ours.contactId]), undefined],
  },
  "features/contacts/serve-contact": {
    loadMembers: [
      async (theirs, ours) => [...(await loadMembers(theirs, [ours.contactId])).values()],
      [{ members: [], pins: new Set() }],
    ],
    // An id is unique within its account: theirs is another contact, and ours stays as it is.
    serveContacts: [(theirs, ours) => serveContacts(theirs, [ours.contactId]), undefined],
    writeNewContacts: [(theirs, ours) => writeNewContacts(theirs, [{ id: ours.otherContactId, values }]), undefined],
    rewriteContacts: [(theirs, ours) => rewriteContacts(theirs, [{ id: ours.otherContactId, values }]), undefined],
    setArchived: [
      (theirs, ours) => setArchived(theirs, [ours.contactId], { archivedAt: theirs.clock.now(), archivedBy: null }),
      undefined,
    ],
  },
  "features/contacts/tags": {
    linkTags: [(theirs, ours) => linkTags(theirs, [{ contactId: ours.archivedContactId, tags: ["a"] }]), throws],
    listTags: [async (theirs, ours) => (await listTags(theirs, ours.tagId)).map((tag) => tag.tagged), []],
  },
};

const pipeline: QueryTable = {
  "features/pipeline/continue-run": {
    continueRun: [(theirs, ours) => continueRun(theirs, subjects, ours.queuedId, never), undefined],
    endRun: [(theirs, ours) => endRun(theirs, ours.open, { state: "done" } as never), throws],
  },
  "features/pipeline/draft-run": {
    uploadFile: [
      (theirs) => uploadFile(theirs, contactSubject, { name: "a.csv", mediaType: "text/csv", bytes: bytes() }),
      something,
    ],
    discardDraft: [(theirs, ours) => discardDraft(theirs, ours.draftId), no],
    discardOldDrafts: [(theirs) => discardOldDrafts(theirs, theirs.clock.now()), undefined],
    findDraft: [(theirs, ours) => findDraft(theirs, ours.draftId), null],
    saveDraft: [
      (theirs, { draft }) =>
        saveDraft(theirs, contactSubject, { draft, choices: { ...draft.settings, mapping: [], delimiter: ";" } }),
      throws,
    ],
  },
  "features/pipeline/give-up-run": {
    giveUpRun: [(theirs, ours) => giveUpRun(theirs, subjects, ours.queuedId), undefined],
    stopRun: [(theirs, ours) => stopRun(theirs, subjects, ours.queuedId, "No longer."), undefined],
    giveUpAbandonedRuns: [(theirs) => giveUpAbandonedRuns(theirs, subjects), undefined],
  },
  "features/pipeline/inspect-file": {
    inspectFile: [(theirs, ours) => inspectFile(theirs, { id: ours.fileId, name: "a.csv" }, []), throws],
    readSample: [(theirs, ours) => readSample(theirs, ours.fileId, reading), throws],
  },
  "features/pipeline/load": {
    loadBatch: [(theirs, ours) => loadBatch(theirs, ours.open, { rows: [], checkpoint: atTheStart }), throws],
    loadAgain: [(theirs, ours) => loadAgain(theirs, ours.open, { rows: [], checkpoint: atTheStart }), throws],
  },
  "features/pipeline/open-run": {
    openRun: [(theirs, ours) => openRun(theirs, subjects, ours.queuedId), null],
    advance: [(theirs, ours) => advance(theirs, ours.open, { added: { read: 1 } }), throws],
    say: [(theirs, ours) => say(theirs, ours.doneId, "Done."), throws],
  },
  "features/pipeline/preview": {
    previewColumns: [(theirs, ours) => previewColumns(theirs, ours.draft), throws],
    previewRows: [(theirs, ours) => previewRows(theirs, contactSubject, ours.draft), throws],
  },
  "features/pipeline/raw": {
    keepRaw: [(theirs, ours) => keepRaw(theirs, ours.doneId, [{ raw: rawOf(ours), outcome: sameOf(ours) }]), throws],
    markRaw: [(theirs, ours) => markRaw(theirs, ours.rawRecordId, refusedOf as never), undefined],
    markTakenUp: [(theirs, ours) => markTakenUp(theirs, [ours.rawRecordId]), undefined],
    listSame: [(theirs, ours) => listSame(theirs, ours.sameRunId, [ours.importedId]), []],
  },
  "features/pipeline/refused-csv": {
    refusedRowsCsv: [(theirs, ours) => refusedRowsCsv(theirs, ours.doneId), null],
  },
  "features/pipeline/refused-rows": {
    keepRefusals: [
      (theirs, ours) => keepRefusals(theirs, ours.doneId, [{ raw: rawOf(ours), outcome: refusedOf as never }]),
      throws,
    ],
    dropRefusals: [(theirs, ours) => dropRefusals(theirs, ours.doneId, [2, 3]), undefined],
    listRefusals: [(theirs, ours) => listRefusals(theirs, ours.doneId, { after: 0, limit: 9 }), []],
    listRefusedBy: [(theirs, ours) => listRefusedBy(theirs, ours.doneId, { rule: "email", after: 0, limit: 9 }), []],
    readCells: [async (theirs, ours) => [...(await readCells(theirs, ours.doneId, [2, 3]))], []],
  },
  "features/pipeline/runs": {
    findRun: [(theirs, ours) => findRun(theirs, ours.doneId), null],
    findStarter: [(theirs, ours) => findStarter(theirs, ours.doneId), null],
    listRuns: [(theirs) => listRuns(theirs), something],
    countWork: [countWork, 0],
    logTail: [(theirs, ours) => logTail(theirs, ours.doneId), []],
    findEarlierImport: [(theirs, ours) => findEarlierImport(theirs, ours.draftId, ours.fileId), null],
  },
  "features/pipeline/start-run": {
    startRun: [(theirs, ours) => startRun(theirs, ours.draftId), no],
    cancelRun: [(theirs, ours) => cancelRun(theirs, ours.queuedId), no],
  },
};

const files: QueryTable = {
  "platform/files": {
    storeFile: [
      (theirs) => storeFile(theirs, bytes(), { name: "a.csv", mediaType: "text/csv", maxBytes: 10_000 }),
      something,
    ],
    findFile: [(theirs, ours) => findFile(theirs, ours.fileId), null],
    readFile: [(theirs, ours) => all(readFile(theirs, ours.fileId)), throws],
    deleteFile: [(theirs, ours) => deleteFile(theirs, ours.fileId), undefined],
    sweepUnfinishedFiles: [(theirs) => sweepUnfinishedFiles(theirs, later(theirs.clock.now(), DAY_MS)), 0],
  },
};

export const queryTable: QueryTable = { ...accounts, ...contacts, ...pipeline, ...files };
