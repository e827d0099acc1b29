import { annotate, listAnnotations, removeAnnotation } from "~/features/reconciliation/decisions/annotations.server";
import { mailDueReports, mailReportNow } from "~/features/reconciliation/report/mail-report.server";
import { addRecipient, listRecipients, removeRecipient } from "~/features/reconciliation/report/recipients.server";
import {
  insertLink,
  linkDays,
  listReportLinks,
  makeReportLink,
  openReportLink,
  revokeReportLink,
} from "~/features/reconciliation/report/report-links.server";
import { findingsFile } from "~/features/reconciliation/results/findings-file.server";
import { readFindingFilter } from "~/features/reconciliation/results/finding-filter";
import { findCalled } from "~/features/reconciliation/results/find-called.server";
import { type Found, findResult } from "~/features/reconciliation/results/find-result.server";
import { listHistory } from "~/features/reconciliation/results/history.server";
import { listFindings } from "~/features/reconciliation/results/list-findings.server";
import { namesOf } from "~/features/reconciliation/results/names.server";
import { listRunTrend } from "~/features/reconciliation/results/run-trend.server";
import { findOrder, findRow, listRows } from "~/features/reconciliation/results/sides.server";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import { tellGap } from "~/features/reconciliation/runs/tell-gap.server";
import { keptForMay } from "~/testing/given-comparisons";
import { no, type QueryTable, something } from "~/testing/walk/query-shape";

/** Of the example's shop. */
const settings: RunSettings = {
  ...{ kept: keptForMay, analyticsOrigin: "file:Zymurgy", sources: [{ place: 0, origin: "file:Zymurgy" }] },
};
const orderKey = "0:gid://shopify/Order/4507894690001";
const rowId = "Zymurgy-3";
const { filter } = readFindingFilter(new URLSearchParams());
const mary = { name: "Mary Quillfeather", email: "mary@zymurgy.example" };
const none = { findings: [], after: null, lookedTo: null };

export const resultQueries: QueryTable = {
  "features/reconciliation/decisions/annotations": {
    annotate: [
      (theirs, { comparison }) => annotate(theirs, comparison.reconciliationId, { day: "2026-05-12", text: "Theirs" }),
      no,
    ],
    listAnnotations: [(theirs, { comparison }) => listAnnotations(theirs, comparison.reconciliationId), []],
    removeAnnotation: [
      (theirs, { comparison }) => removeAnnotation(theirs, comparison.reconciliationId, comparison.annotationId),
      no,
    ],
  },
  "features/reconciliation/results/find-called": {
    findCalled: [(theirs) => findCalled(theirs, settings, "#1"), []],
  },
  "features/reconciliation/results/find-result": {
    findResult: [
      (theirs, { comparison }) =>
        findResult(theirs, { reconciliationId: comparison.reconciliationId, runId: comparison.runId }),
      null,
    ],
  },
  "features/reconciliation/results/findings-file": {
    findingsFile: [
      async (theirs, { comparison }) => {
        const run = { id: comparison.runId, settings } as Found["run"];
        const name = "Quillfeather";
        const file = findingsFile(
          theirs,
          { ...{ reconciliationId: "", name, expiresAt: null, atWork: null }, run },
          filter,
          "json",
        );
        const pieces: Uint8Array[] = [];
        for await (const piece of file.bytes) pieces.push(piece);
        return Buffer.concat(pieces).toString();
      },
      "[]\n",
    ],
  },
  "features/reconciliation/results/history": {
    listHistory: [
      (theirs, { comparison: { reconciliationId, runId } }) =>
        listHistory(theirs, { reconciliationId, runId, of: { orderKey } }),
      [],
    ],
  },
  "features/reconciliation/results/list-findings": {
    listFindings: [(theirs, { comparison }) => listFindings(theirs, comparison.runId, filter), none],
  },
  "features/reconciliation/results/names": {
    namesOf: [
      async (theirs) => (await namesOf(theirs, settings, { orderKeys: [], rowIds: [rowId] })).rows.get(rowId) === rowId,
      // Nothing but what they asked with.
      true,
    ],
  },
  "features/reconciliation/results/run-trend": {
    listRunTrend: [(theirs, { comparison }) => listRunTrend(theirs, comparison.reconciliationId), []],
  },
  "features/reconciliation/report/mail-report": {
    mailReportNow: [
      (theirs, { comparison: { reconciliationId, runId } }) => mailReportNow(theirs, reconciliationId, runId),
      null,
    ],
    mailDueReports: [
      (theirs, { comparison: { reconciliationId, runId } }) => mailDueReports(theirs, { reconciliationId, id: runId }),
      undefined,
    ],
  },
  "features/reconciliation/report/recipients": {
    listRecipients: [(theirs, { comparison }) => listRecipients(theirs, comparison.reconciliationId), []],
    addRecipient: [
      (theirs, { comparison }) => addRecipient(theirs, comparison.reconciliationId, { ...mary, often: "each" }),
      { ok: false, reason: "not-found" },
    ],
    removeRecipient: [
      (theirs, { comparison }) => removeRecipient(theirs, comparison.reconciliationId, comparison.recipientId),
      false,
    ],
  },
  "features/reconciliation/report/report-links": {
    linkDays: [(theirs) => linkDays(theirs).first, something],
    insertLink: [
      // There is no such run in their account.
      (theirs, { comparison: { reconciliationId, runId } }) =>
        insertLink(theirs, { reconciliationId, runId, label: "Mary", endsAt: theirs.clock.now() }).catch(
          () => "refused",
        ),
      "refused",
    ],
    makeReportLink: [
      (theirs, { comparison: { reconciliationId, runId } }) =>
        makeReportLink(theirs, reconciliationId, { runId, label: "Mary", lastDay: linkDays(theirs).last }),
      null,
    ],
    revokeReportLink: [
      (theirs, { comparison }) => revokeReportLink(theirs, comparison.reconciliationId, comparison.linkId),
      false,
    ],
    listReportLinks: [(theirs, { comparison }) => listReportLinks(theirs, comparison.reconciliationId), []],
    openReportLink: [(theirs, { comparison }) => openReportLink(theirs, comparison.linkToken), null],
  },
  "features/reconciliation/runs/tell-gap": {
    // Of a trend in which nothing is unusual there is nothing to tell.
    tellGap: [
      (theirs, { comparison }) =>
        tellGap(theirs, { ...comparison, startedAt: "", settings }, { days: [], methods: [] }),
      undefined,
    ],
  },
  "features/reconciliation/results/sides": {
    findOrder: [
      (theirs, { comparison }) =>
        findOrder(theirs, { reconciliationId: comparison.reconciliationId, settings }, orderKey),
      null,
    ],
    findRow: [
      (theirs, { comparison }) => findRow(theirs, { reconciliationId: comparison.reconciliationId, settings }, rowId),
      null,
    ],
    listRows: [(theirs) => listRows(theirs, settings, { rowIds: [rowId], ids: [] }), []],
  },
};
