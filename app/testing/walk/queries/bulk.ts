import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { askForBulk, cancelBulk, findBulk, listBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { heldValues, sameAlready, seenValue } from "~/features/contacts/bulk/bulk-outcome.server";
import { lockEdit, updateEdit } from "~/features/contacts/bulk/bulk-row.server";
import { collect, continueCollecting, endCollecting } from "~/features/contacts/bulk/collect-bulk.server";
import { beginBulk, continueBulk, doBatch } from "~/features/contacts/bulk/continue-bulk.server";
import { findBulkAsker, giveUpBulk, sweepBulk } from "~/features/contacts/bulk/give-up-bulk.server";
import { countOwnValues } from "~/features/contacts/bulk/own-values.server";
import { writeBulk } from "~/features/contacts/bulk/write-bulk.server";
import { writeByHandMany } from "~/features/contacts/bulk/write-by-hand.server";
import { pinsOfMany, writeByHandRecords } from "~/features/contacts/hand-many.server";
import { restoreHandMany } from "~/features/contacts/undo/restore-hand-many.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { no, notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const never = new AbortController().signal;
const tag: BulkChange = { what: "tag", tags: ["Leeds"] };
const archive: BulkChange = { what: "archive" };
const held = ({ contactId }: Ours) => ({
  ...{ id: contactId, ownerId: null, ownerName: null, archivedAt: null, archivedBy: null },
});

const totals = async (theirs: Scope, ours: Ours) =>
  (await findBulk(theirs, await askForBulk(theirs, { ids: [ours.contactId] }, tag)))?.total;

export const bulkQueries: QueryTable = {
  "features/contacts/bulk/bulk-edits": {
    askForBulk: [totals, 0],
    findBulk: [(theirs, ours) => findBulk(theirs, ours.bulkId), null],
    listBulk: [(theirs) => listBulk(theirs, 9), something],
    startBulk: [(theirs, ours) => startBulk(theirs, ours.bulkId), notFound],
    cancelBulk: [(theirs, ours) => cancelBulk(theirs, ours.bulkId), no],
  },
  "features/contacts/bulk/bulk-outcome": {
    sameAlready: [(theirs) => sameAlready(theirs, tag), something],
    seenValue: [(theirs) => typeof seenValue(theirs, tag), something],
    heldValues: [async (theirs, ours) => [...(await heldValues(theirs, tag, [ours.contactId]))], []],
  },
  "features/contacts/bulk/bulk-row": {
    lockEdit: [(theirs, ours) => lockEdit(theirs, ours.bulkId, ["ready"]), undefined],
    updateEdit: [(theirs, ours) => updateEdit(theirs, ours.bulkId, { total: 7 }), undefined],
  },
  "features/contacts/bulk/collect-bulk": {
    collect: [(theirs, ours) => collect(theirs, { id: ours.bulkId, change: archive }, [ours.contactId]), undefined],
    continueCollecting: [(theirs, ours) => continueCollecting(theirs, ours.bulkId, never), undefined],
    endCollecting: [(theirs, ours) => endCollecting(theirs, ours.bulkId), undefined],
  },
  "features/contacts/bulk/continue-bulk": {
    beginBulk: [
      async (theirs) => {
        const id = await askForBulk(theirs, { ids: [] }, archive);
        await inTransaction(theirs, async (scope) => {
          const edit = await lockEdit(scope, id, ["ready"]);
          if (edit) await beginBulk(scope, edit);
        });
      },
      undefined,
    ],
    continueBulk: [(theirs, ours) => continueBulk(theirs, ours.bulkId, never), undefined],
    doBatch: [(theirs, ours) => doBatch(theirs, ours.bulkId, { isNoticed: false }), something],
  },
  "features/contacts/bulk/give-up-bulk": {
    findBulkAsker: [(theirs, ours) => findBulkAsker(theirs, ours.bulkId), null],
    giveUpBulk: [(theirs, ours) => giveUpBulk(theirs, ours.bulkId), undefined],
    sweepBulk: [sweepBulk, undefined],
  },
  "features/contacts/bulk/own-values": {
    countOwnValues: [
      (theirs, ours) =>
        countOwnValues(theirs, { id: ours.bulkId, change: { what: "field", field: "company", value: null } }),
      0,
    ],
  },
  "features/contacts/bulk/write-bulk": {
    writeBulk: [
      (theirs, ours) => writeBulk(theirs, [held(ours)], { what: "marks", channels: ["email"], reason: "" }),
      throws,
    ],
  },
  "features/contacts/bulk/write-by-hand": {
    writeByHandMany: [(theirs, ours) => writeByHandMany(theirs, [ours.contactId], tag), []],
  },
  "features/contacts/hand-many": {
    pinsOfMany: [async (theirs, ours) => [...(await pinsOfMany(theirs, [ours.contactId]))], []],
    writeByHandRecords: [
      (theirs, ours) => {
        const identity = { id: newId(), observedAt: theirs.clock.now(), createdBy: null };
        return writeByHandRecords(theirs, [{ ...identity, contactId: ours.contactId, data: {} }]);
      },
      throws,
    ],
  },
  "features/contacts/undo/restore-hand-many": {
    restoreHandMany: [
      async (theirs, ours) => {
        const hand = { byHand: null, pinned: {}, values: {} };
        const entry = (subjectId: string) => ({ subjectKind: "contact", subjectId, before: hand, after: hand });
        return (await restoreHandMany(theirs, [entry(ours.contactId), entry(ours.otherContactId)])).entries;
      },
      something,
    ],
  },
};
