import { downloadQuery, isGoodQuery } from "~/features/contacts/export/download-link.server";
import { exportFile } from "~/features/contacts/export/export-file.server";
import { packedPoints, surveyPoints } from "~/features/contacts/export/exported-points.server";
import { columnsOn } from "~/features/contacts/export/exported-row.server";
import { askForExport, findExport, listExports, openDownload } from "~/features/contacts/export/exports.server";
import { findAsker, giveUpExport, makeExport, sweepExports } from "~/features/contacts/export/make-export.server";
import { wholeList } from "~/features/contacts/export/whole-list.server";
import { readView } from "~/features/contacts/list/contact-list";
import { type Scope } from "~/platform/scope.server";
import { type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

const view = readView(new URLSearchParams("q=quillfeather"));
const csv = { format: "csv", columns: "everything" } as const;
const never = new AbortController().signal;

const facts = ({ exportId, exportFileId }: Ours) => ({
  ...csv,
  ...{ id: exportId, fileId: exportFileId, state: "done", query: "", rows: 1, problem: null, problemReference: null },
  askedBy: { id: exportId, name: "" },
  createdAt: "2026-05-04T09:00:00.000Z",
});

async function whole(theirs: Scope): Promise<boolean> {
  const parts: Uint8Array[] = [];
  for await (const bytes of exportFile(theirs, { ...csv, query: "?q=quillfeather" }, async () => {})) parts.push(bytes);
  return /quillfeather/i.test(String(Buffer.concat(parts)));
}

export const exportQueries: QueryTable = {
  "features/contacts/export/download-link": {
    downloadQuery: [(theirs, ours) => downloadQuery(theirs, ours.exportFileId), something],
    isGoodQuery: [(theirs, ours) => isGoodQuery(theirs, ours.exportFileId, new URLSearchParams()), something],
  },
  "features/contacts/export/export-file": { exportFile: [whole, false] },
  "features/contacts/export/exported-points": {
    packedPoints: [(theirs) => packedPoints(theirs).alias, something],
    surveyPoints: [(theirs, ours) => surveyPoints(theirs, [ours.contactId]), []],
  },
  "features/contacts/export/exported-row": {
    columnsOn: [(theirs) => columnsOn(theirs, true).length, something],
  },
  "features/contacts/export/exports": {
    askForExport: [(theirs) => askForExport(theirs, view, csv), something],
    findExport: [(theirs, ours) => findExport(theirs, ours.exportId), null],
    listExports: [listExports, []],
    openDownload: [
      async (theirs, ours) => {
        const file = await openDownload(theirs, facts(ours) as never);
        return file && { name: file.name };
      },
      null,
    ],
  },
  "features/contacts/export/make-export": {
    findAsker: [(theirs, ours) => findAsker(theirs, ours.exportId), null],
    giveUpExport: [(theirs, ours) => giveUpExport(theirs, ours.exportId), undefined],
    makeExport: [(theirs, ours) => makeExport(theirs, ours.exportId, never), undefined],
    sweepExports: [sweepExports, undefined],
  },
  "features/contacts/export/whole-list": {
    wholeList: [async (theirs) => (await wholeList(theirs, view)).ids, []],
  },
};
