import { candidateQueries } from "~/testing/walk/queries/trial";
import { usualRules } from "~/features/pipeline/subject-rules";
import {
  archiveContact,
  archiveContacts,
  countCurrent,
  restoreContact,
  restoreContacts,
} from "~/features/contacts/deletion/archive-contacts.server";
import { pinFields, writeByHand } from "~/features/contacts/by-hand.server";
import { nothingKnown } from "~/features/contacts/contact";
import { lookUp } from "~/features/contacts/subject/look-up.server";
import { loadContacts, tryOutContacts, writeMarks } from "~/features/contacts/subject/contact-load.server";
import { giveToOwners, placeOwners } from "~/features/contacts/subject/place-owners.server";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { findAlike } from "~/features/contacts/form/find-alike.server";
import { findContact, findContactName } from "~/features/contacts/detail/find-contact.server";
import { findEntry, listHistory } from "~/features/contacts/history/history.server";
import { asOneChange, recordChange } from "~/features/contacts/record-change.server";
import { indexContacts } from "~/features/contacts/search/search-index.server";
import { rewriteParts, writeParts } from "~/features/contacts/contact-parts.server";
import {
  loadMembers,
  rewriteContacts,
  serveContacts,
  setAside,
  writeNewContacts,
} from "~/features/contacts/serve-contact.server";
import { linkTags, listTags } from "~/features/contacts/tags.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { servingQueries } from "~/testing/walk/queries/whole-contact";
import { notFound, something, throws, type QueryTable } from "~/testing/walk/query-shape";

const values = { ...nothingKnown, givenName: "Ann", familyName: "Okafor" };
/** A row that is one of our contacts already. */
const imported = {
  data: {
    givenName: "Xanthippe",
    familyName: "Quillfeather",
    company: "Zymurgy Ltd",
    emails: [{ value: "import@quillfeather.example", label: null }],
  },
};

export const contactQueries: QueryTable = {
  "features/contacts/deletion/archive-contacts": {
    archiveContact: [(theirs, ours) => archiveContact(theirs, ours.contactId), notFound],
    restoreContact: [(theirs, ours) => restoreContact(theirs, ours.archivedContactId), notFound],
    archiveContacts: [
      (theirs, ours) => archiveContacts(theirs, [ours.contactId, ours.otherContactId]),
      { archived: 0, changeSetId: null },
    ],
    restoreContacts: [
      (theirs, ours) => restoreContacts(theirs, [ours.archivedContactId]),
      { restored: 0, changeSetId: null },
    ],
    countCurrent: [(theirs, ours) => countCurrent(theirs, [ours.contactId, ours.otherContactId]), 0],
  },
  "features/contacts/by-hand": {
    writeByHand: [
      (theirs, ours) => writeByHand(theirs, ours.contactId, { data: { company: "Okafor" }, before: null }),
      throws,
    ],
    pinFields: [(theirs, ours) => pinFields(theirs, ours.contactId, ["company"]), throws],
  },
  "features/contacts/subject/place-owners": {
    giveToOwners: [(theirs, ours) => giveToOwners(theirs, new Map([[ours.userId, [ours.contactId]]])), undefined],
    placeOwners: [
      async (theirs, { rawRecordId, contactId, userId }) => {
        const canonical = { data: {}, ifNew: {}, owner: userId };
        const rows = [{ position: 2, rawRecordId, canonical, hash: "" }];
        const outcomes = [{ kind: "same" as const, subjectId: contactId }];
        return [...(await placeOwners(theirs, { rows, outcomes, rules: usualRules })).given];
      },
      something,
    ],
  },
  "features/contacts/subject/contact-load": {
    ...candidateQueries,
    writeMarks: [
      (theirs, ours) => {
        const by = { reason: "Import", markedAt: theirs.clock.now(), markedBy: null, liftedAt: null, liftedBy: null };
        return writeMarks(theirs, [{ contactId: ours.contactId, mark: { id: newId(), channel: "email", ...by } }]);
      },
      throws,
    ],
    loadContacts: [
      (theirs, ours) => {
        const { rawRecordId, record, doneId } = ours;
        return loadContacts(theirs, {
          runId: doneId,
          observedAt: theirs.clock.now(),
          startedBy: null,
          rules: usualRules,
          rows: [{ position: 2, rawRecordId, hash: record.hash, canonical: imported as never }],
          earlierRows: async () => [],
        });
      },
      throws,
    ],
    tryOutContacts: [
      (theirs, { rawRecordId, record }) =>
        tryOutContacts(
          theirs,
          [{ position: 2, rawRecordId, hash: record.hash, canonical: imported as never }],
          usualRules,
        ),
      [{ kind: "new", subjectId: null, name: null, remarks: [] }],
    ],
  },
  "features/contacts/subject/look-up": {
    lookUp: [
      (theirs, { rawRecordId, record }) =>
        lookUp(theirs, [{ position: 2, rawRecordId, hash: record.hash, canonical: imported as never }], usualRules),
      [],
    ],
  },
  "features/contacts/edit-contact": {
    createContact: [(theirs) => createContact(theirs, values), something],
    editContact: [(theirs, ours) => editContact(theirs, ours.contactId, { version: 1, values }), notFound],
    unpinField: [(theirs, ours) => unpinField(theirs, ours.contactId, "company"), notFound],
  },
  "features/contacts/form/find-alike": {
    findAlike: [
      (theirs) =>
        findAlike(theirs, { ...nothingKnown, emails: [{ value: "import@quillfeather.example", label: null }] }),
      [],
    ],
  },
  "features/contacts/detail/find-contact": {
    findContact: [(theirs, ours) => findContact(theirs, ours.contactId), null],
    findContactName: [(theirs, ours) => findContactName(theirs, ours.contactId), null],
  },
  "features/contacts/history/history": {
    listHistory: [(theirs, ours) => listHistory(theirs, ours.contactId), { entries: [], older: null }],
    findEntry: [(theirs, ours) => findEntry(theirs, ours.contactId, `${ours.createdId}~0`), null],
  },
  "features/contacts/record-change": {
    asOneChange: [(theirs) => asOneChange(theirs).account.slug, something],
    recordChange: [
      (theirs) => inTransaction(theirs, (scope) => recordChange(scope, { action: "contact.edited", entries: [] })),
      something,
    ],
  },
  "features/contacts/search/search-index": {
    indexContacts: [(theirs, ours) => indexContacts(theirs, [ours.contactId]), undefined],
  },
  "features/contacts/contact-parts": {
    // They are written in their own account; the ones of ours stay as they are.
    writeParts: [(theirs, ours) => writeParts(theirs, [{ id: ours.otherContactId, values }], []), something],
    rewriteParts: [
      (theirs, ours) => {
        const contacts = [{ id: ours.otherContactId, values }];
        return rewriteParts(theirs, contacts, { tags: contacts, custom: contacts, search: contacts }, []);
      },
      something,
    ],
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
    setAside: [
      (theirs, ours) => setAside(theirs, [ours.contactId], { archivedAt: theirs.clock.now(), archivedBy: null }),
      undefined,
    ],
    ...servingQueries,
  },
  "features/contacts/tags": {
    linkTags: [(theirs, ours) => linkTags(theirs, [{ contactId: ours.archivedContactId, tags: ["a"] }]), throws],
    listTags: [listTags, []],
  },
};
