import { findRelated, listRelated } from "~/features/contacts/relationships/related.server";
import { clashOf } from "~/features/contacts/relationships/relationship-rules.server";
import {
  findReadings,
  lockRelationship,
  recordRelationship,
} from "~/features/contacts/relationships/relationship-row.server";
import {
  addType,
  listOwnTypes,
  listTypesToChoose,
  removeType,
  renameType,
  setTypeRetired,
} from "~/features/contacts/relationships/relationship-types.server";
import { editRelationship, relate, unrelate, writeOver } from "~/features/contacts/relationships/relationships.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { notFound, something, type Ours, type QueryTable } from "~/testing/walk/query-shape";

const readings = { reads: "is guarantor for", readsBack: "has as guarantor" };

const rowOf = ({ relationshipId, contactId, otherContactId }: Ours) => ({
  ...{ id: relationshipId, from_contact_id: contactId, to_contact_id: otherContactId, type: "works-for" },
  ...{ since: null, until: null, note: null, created_at: "2026-05-04T09:00:00.000Z", created_by: null },
});

export const relationshipQueries: QueryTable = {
  "features/contacts/relationships/related": {
    listRelated: [(theirs, ours) => listRelated(theirs, ours.contactId), []],
    findRelated: [(theirs, ours) => findRelated(theirs, ours.contactId, ours.relationshipId), null],
  },
  "features/contacts/relationships/relationship-row": {
    findReadings: [(theirs, ours) => findReadings(theirs, ours.typeId), null],
    lockRelationship: [(theirs, ours) => lockRelationship(theirs, ours.relationshipId), null],
    recordRelationship: [
      (theirs) => inTransaction(theirs, (scope) => recordRelationship(scope, "contact.related", nobody)),
      something,
    ],
  },
  "features/contacts/relationships/relationship-rules": {
    clashOf: [(theirs, ours) => clashOf(theirs, { ...rowOf(ours), id: newId() }), null],
  },
  "features/contacts/relationships/relationship-types": {
    listOwnTypes: [listOwnTypes, []],
    listTypesToChoose: [(theirs, ours) => listTypesToChoose(theirs, ours.typeId), []],
    addType: [(theirs) => addType(theirs, readings), something],
    renameType: [(theirs, ours) => renameType(theirs, ours.typeId, readings), notFound],
    setTypeRetired: [(theirs, ours) => setTypeRetired(theirs, ours.typeId, true), notFound],
    removeType: [(theirs, ours) => removeType(theirs, ours.typeId), notFound],
  },
  "features/contacts/relationships/relationships": {
    relate: [
      (theirs, { contactId, otherContactId }) =>
        relate(theirs, { fromId: contactId, toId: otherContactId, type: "manages" }),
      notFound,
    ],
    editRelationship: [
      (theirs, { contactId, relationshipId }) =>
        editRelationship(theirs, {
          ...{ contactId, relationshipId, type: "owns", back: false, since: null, until: null, note: null },
          original: "",
        }),
      notFound,
    ],
    unrelate: [(theirs, { contactId, relationshipId }) => unrelate(theirs, { contactId, relationshipId }), notFound],
    writeOver: [(theirs, ours) => writeOver(theirs, { ...rowOf(ours), note: "Okafor" }), undefined],
  },
};

const nobody = {
  before: null,
  after: {
    ...{ id: newId(), fromContactId: newId(), toContactId: newId(), type: "owns", since: null, until: null },
    ...{ note: null, createdAt: "", createdBy: null, fromName: null, toName: null, ...readings },
  },
};
