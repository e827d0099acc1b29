import { askToRead, keepAudit } from "~/features/reconciliation/audit/ask-to-read.server";
import { removeAudit, removeAuditRows } from "~/features/reconciliation/audit/audit-rows.server";
import { type AuditFile, findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { listAuditRefusals, refusalsFile } from "~/features/reconciliation/audit/list-refusals.server";
import { giveUpAbandonedAudits, giveUpAudit, readAudit } from "~/features/reconciliation/audit/read-audit.server";
import { beginAudit, chooseAuditColumns, takeAuditFile } from "~/features/reconciliation/audit/take-files.server";
import { daysTaken } from "~/features/reconciliation/audit/taken-days.server";
import { notFound, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const side = "orders";

/** Of ours, as somebody else may think that it stands. */
const file: AuditFile = {
  ...{ fileId: null, name: "zymurgy.csv", rows: 0, refused: 0 },
  settings: {
    ...{ reading: { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true }, columns: ["Name"] },
    ...{ mapping: ["number"], guesses: [], layout: null, currency: null, decimalMark: null },
    ...{ isMarkOpen: false, isSettled: false },
  },
};

async function* orders() {
  yield await Promise.resolve(Buffer.from("Order number,Total\n#1001,12.00\n"));
}

export const auditQueries: QueryTable = {
  "features/reconciliation/audit/ask-to-read": {
    askToRead: [(theirs, { auditId }) => askToRead(theirs, auditId), notFound],
    keepAudit: [(theirs, { auditId }) => keepAudit(theirs, auditId), notFound],
  },
  "features/reconciliation/audit/audit-rows": {
    removeAuditRows: [(theirs, { auditId }) => removeAuditRows(theirs, auditId), undefined],
    removeAudit: [(theirs, { auditId }) => removeAudit(theirs, auditId), undefined],
  },
  "features/reconciliation/audit/find-audit": {
    findAudit: [(theirs, { auditId }) => findAudit(theirs, auditId), null],
  },
  "features/reconciliation/audit/list-refusals": {
    listAuditRefusals: [(theirs, { auditId }) => listAuditRefusals(theirs, auditId, { side }), []],
    refusalsFile: [
      async (theirs, { auditId }) => {
        const pieces: Uint8Array[] = [];
        const { bytes } = refusalsFile(theirs, { id: auditId, side, name: "orders.csv" });
        for await (const piece of bytes) pieces.push(piece);
        return Buffer.concat(pieces).toString();
      },
      "\ufeffLine,Column,Value,Reason\r\n",
    ],
  },
  "features/reconciliation/audit/read-audit": {
    readAudit: [(theirs, { auditId }) => readAudit(theirs, auditId, signal), undefined],
    giveUpAudit: [(theirs, { auditId }) => giveUpAudit(theirs, auditId), undefined],
    giveUpAbandonedAudits: [(theirs) => giveUpAbandonedAudits(theirs), undefined],
  },
  "features/reconciliation/audit/take-files": {
    beginAudit: [(theirs) => beginAudit(theirs), something],
    // It would be kept for an audit that is not there.
    takeAuditFile: [
      (theirs, { auditId }) =>
        takeAuditFile(
          theirs,
          { reconciliationId: auditId, side },
          { name: "o.csv", mediaType: "text/csv", bytes: orders() },
        ),
      throws,
    ],
    // Of a file that nobody has.
    chooseAuditColumns: [
      (theirs, { auditId }) =>
        chooseAuditColumns(
          theirs,
          { reconciliationId: auditId, side, file },
          { mapping: [], currency: "", decimalMark: null },
        ),
      something,
    ],
  },
  "features/reconciliation/audit/taken-days": {
    daysTaken: [async (theirs, { auditId }) => (await daysTaken(theirs, auditId)).ok, false],
  },
};
