import {
  bringBackContacts,
  deleteContacts,
  deletedBefore,
  writeAside,
} from "~/features/contacts/deletion/delete-contacts.server";
import { countDeletion, listDeleted } from "~/features/contacts/deletion/deleted-contacts.server";
import { lockContact, lockContacts, membersOf, recordHandChange } from "~/features/contacts/hand-change.server";
import { removeDeleted } from "~/features/contacts/deletion/remove-contacts.server";
import { isAsMade, restoreHand, writeHand } from "~/features/contacts/undo/restore-hand.server";
import { restoreHouseholds } from "~/features/contacts/undo/restore-households.server";
import { restoreMarks } from "~/features/contacts/undo/restore-marks.server";
import { restoreValue } from "~/features/contacts/history/restore-value.server";
import { restoreRelationships } from "~/features/contacts/undo/restore-relationships.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { notFound, something, type QueryTable } from "~/testing/walk/query-shape";

const nobody = { archivedAt: null, archivedBy: null, deletedAt: null, deletedBy: null };
const hand = { values: {}, byHand: { company: "Okafor" }, pinned: {} };
const entry = (subjectId: string, before: object | null, after: object | null) => ({
  ...{ subjectKind: "contact", subjectId, before: before && { ...before }, after: after && { ...after } },
});

export const deletionQueries: QueryTable = {
  "features/contacts/deletion/delete-contacts": {
    deleteContacts: [
      (theirs, ours) => deleteContacts(theirs, [ours.contactId, ours.otherContactId]),
      { deleted: 0, changeSetId: null },
    ],
    bringBackContacts: [
      (theirs, ours) => bringBackContacts(theirs, [ours.deletedContactId]),
      { broughtBack: 0, changeSetId: null },
    ],
    writeAside: [(theirs, ours) => writeAside(theirs, [{ id: ours.archivedContactId, after: nobody }]), undefined],
    deletedBefore: [deletedBefore, something],
  },
  "features/contacts/deletion/deleted-contacts": {
    listDeleted: [(theirs) => listDeleted(theirs, null), { contacts: [], older: null }],
    countDeletion: [
      (theirs, ours) => countDeletion(theirs, [ours.contactId, ours.otherContactId]),
      { ids: [], name: null, archived: 0, relationships: 0, marks: 0, rows: 0, executors: 0 },
    ],
  },
  "features/contacts/hand-change": {
    lockContacts: [(theirs, ours) => lockContacts(theirs, [ours.contactId]), []],
    lockContact: [(theirs, ours) => lockContact(theirs, ours.contactId), undefined],
    membersOf: [async (theirs, ours) => (await membersOf(theirs, ours.contactId)).members, []],
    recordHandChange: [
      (theirs) => {
        const change = { action: "contact.edited", fields: [], before: null, after: hand };
        return inTransaction(theirs, (scope) => recordHandChange(scope, newId(), change));
      },
      something,
    ],
  },
  "features/contacts/deletion/remove-contacts": {
    removeDeleted: [
      (theirs) => removeDeleted(theirs, new AbortController().signal, { along: () => Promise.resolve() }),
      something,
    ],
  },
  "features/contacts/undo/restore-hand": {
    restoreHand: [(theirs, ours) => restoreHand(theirs, entry(ours.contactId, null, hand)), something],
    isAsMade: [(theirs, ours) => isAsMade(theirs, entry(ours.contactId, null, hand)), something],
    writeHand: [
      async (theirs, ours) => {
        const found = await membersOf(theirs, ours.contactId);
        return writeHand(theirs, ours.contactId, { found, hand: found.state, fields: [], record: null });
      },
      null,
    ],
  },
  "features/contacts/undo/restore-households": {
    restoreHouseholds: [
      async (theirs, { contactId, otherContactId }) => {
        const said = { kind: "apart", at: "", by: null, contactId, otherContactId, otherName: null };
        return (await restoreHouseholds(theirs, [entry(contactId, said, null)])).entries;
      },
      something,
    ],
  },
  "features/contacts/undo/restore-marks": {
    restoreMarks: [
      async (theirs, { contactId }) => {
        const mark = { id: newId(), channel: "email", markedAt: theirs.clock.now(), liftedAt: null };
        return (await restoreMarks(theirs, [entry(contactId, mark, null)])).entries;
      },
      something,
    ],
  },
  "features/contacts/history/restore-value": {
    restoreValue: [
      (theirs, ours) =>
        restoreValue(theirs, ours.contactId, { entry: `${ours.createdId}~0`, side: "after", field: "notes" }),
      notFound,
    ],
  },
  "features/contacts/undo/restore-relationships": {
    restoreRelationships: [
      async (theirs, { contactId, otherContactId, relationshipId }) => {
        const state = { id: relationshipId, fromContactId: contactId, toContactId: otherContactId, type: "works-for" };
        return (await restoreRelationships(theirs, [entry(contactId, null, state)])).entries;
      },
      something,
    ],
  },
};
