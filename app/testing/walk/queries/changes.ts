import { holdChain, recordEvent, verifyChain } from "~/features/audit/audit.server";
import { addEntries, closeChangeSet, openChangeSet } from "~/features/changes/changes.server";
import { newId } from "~/platform/ids.server";
import { something, throws, type QueryTable } from "~/testing/walk/query-shape";

export const changeQueries: QueryTable = {
  "features/audit/audit": {
    holdChain: [holdChain, undefined],
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
