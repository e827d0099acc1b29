import { decide, standingDecisions, withdrawDecision } from "~/features/reconciliation/decisions/decisions.server";
import { wereReadSince } from "~/features/reconciliation/runs/at-work.server";
import { carryOut, giveUpComparison } from "~/features/reconciliation/runs/carry-out.server";
import { hasDeleted, knownDays } from "~/features/reconciliation/runs/known-days.server";
import {
  comparisonFigures,
  comparisonLog,
  findComparison,
  listComparisons,
} from "~/features/reconciliation/runs/list-comparisons.server";
import {
  advance,
  openComparison,
  removeFindings,
  say,
  writeFindings,
} from "~/features/reconciliation/runs/open-comparison.server";
import { readBooks } from "~/features/reconciliation/runs/read-books.server";
import { cancelComparison, startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { tellComparison } from "~/features/reconciliation/runs/tell-comparison.server";
import { sweepComparisons } from "~/features/reconciliation/runs/sweep-comparisons.server";
import {
  bringBackReconciliation,
  countKept,
  deleteReconciliation,
  listDeletedReconciliations,
  stopWork,
} from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { firstSettings } from "~/features/reconciliation/set-up/first-settings.server";
import { hasRows } from "~/features/reconciliation/set-up/has-rows.server";
import {
  endExpiredAudits,
  removeDeletedReconciliations,
} from "~/features/reconciliation/set-up/remove-reconciliations.server";
import { listReconciliations } from "~/features/reconciliation/set-up/list-reconciliations.server";
import { trySettings } from "~/features/reconciliation/set-up/try-settings.server";
import { countChannels } from "~/features/reconciliation/records/count-channels.server";
import { latestOrders, latestTransactions } from "~/features/reconciliation/records/latest-records.server";
import { fileOrigins, listSystems } from "~/features/reconciliation/set-up/sources.server";
import { byHand } from "~/features/connectors/schedule/run-schedule";
import {
  keepComparisonPlans,
  planAllComparisons,
  planComparison,
  startDueComparison,
} from "~/features/reconciliation/schedule/plan-comparison.server";
import {
  findScheduledReconciliation,
  saveComparisonSchedule,
} from "~/features/reconciliation/schedule/save-schedule.server";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import {
  createReconciliation,
  endSetUp,
  lockReconciliation,
  saveReconciliation,
} from "~/features/reconciliation/set-up/save-reconciliation.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { addDays, dateIn } from "~/platform/time";
import { sweepReconciliations } from "~/features/reconciliation/sweep-reconciliations.server";
import { pottery } from "~/testing/given-comparisons";
import { no, notFound, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const providers = new Map();
const ever = { from: "2000-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" };
const aside = { kind: "set-row-aside", rowId: "row-1", reason: "theirs" } as const;

export const comparisonQueries: QueryTable = {
  "features/reconciliation/decisions/decisions": {
    decide: [(theirs, { comparison }) => decide(theirs, comparison.reconciliationId, aside), notFound],
    standingDecisions: [(theirs, { comparison }) => standingDecisions(theirs, comparison.reconciliationId), []],
    withdrawDecision: [
      (theirs, { comparison }) => withdrawDecision(theirs, comparison.reconciliationId, comparison.decisionId),
      no,
    ],
  },
  "features/reconciliation/runs/at-work": {
    wereReadSince: [
      (theirs, { orders, sync }) =>
        wereReadSince(theirs, [orders.sourced.origin, sync.connectorId, "file"], "2026-01-01T00:00:00.000Z"),
      false,
    ],
  },
  "features/reconciliation/runs/carry-out": {
    carryOut: [
      // It has nothing to say of a run that is not there.
      (theirs, { comparison }) => carryOut(theirs, comparison.open.id, { providers, signal }),
      undefined,
    ],
    giveUpComparison: [(theirs, { comparison }) => giveUpComparison(theirs, comparison.open.id), undefined],
  },
  "features/reconciliation/runs/known-days": {
    hasDeleted: [(theirs, { connectorId }) => hasDeleted(theirs, [connectorId]), true],
    knownDays: [(theirs) => knownDays(theirs, "file:Zymurgy", providers), { days: null, timeZone: null }],
  },
  "features/reconciliation/runs/list-comparisons": {
    comparisonFigures: [
      (theirs, { comparison }) => comparisonFigures(theirs, comparison.reconciliationId, comparison.runId),
      null,
    ],
    comparisonLog: [(theirs, { comparison }) => comparisonLog(theirs, comparison.runId), []],
    findComparison: [
      (theirs, { comparison }) => findComparison(theirs, comparison.reconciliationId, comparison.runId),
      null,
    ],
    listComparisons: [
      (theirs, { comparison }) => listComparisons(theirs, comparison.reconciliationId, null),
      { lines: [], next: null },
    ],
  },
  "features/reconciliation/runs/open-comparison": {
    advance: [(theirs, { comparison }) => advance(theirs, comparison.open, { order_count: 1 }), throws],
    openComparison: [(theirs, { comparison }) => openComparison(theirs, comparison.open.id), null],
    removeFindings: [
      (theirs, { comparison }) => removeFindings(theirs, { ...comparison.open, id: comparison.runId }),
      undefined,
    ],
    say: [(theirs, { comparison }) => say(theirs, comparison.runId, "Theirs"), throws],
    writeFindings: [
      (theirs, { comparison }) => writeFindings(theirs, comparison.open, { findings: [], signal }),
      throws,
    ],
  },
  "features/reconciliation/runs/read-books": {
    readBooks: [(theirs, { comparison }) => readBooks(theirs, comparison.open, signal), throws],
  },
  "features/reconciliation/runs/start-comparison": {
    cancelComparison: [(theirs, { comparison }) => cancelComparison(theirs, comparison.open.id), no],
    startComparison: [(theirs, { comparison }) => startComparison(theirs, comparison.reconciliationId), notFound],
  },
  "features/reconciliation/runs/tell-comparison": {
    tellComparison: [
      (theirs, { comparison: { reconciliationId, runId } }) =>
        tellComparison(theirs, { id: runId, reconciliationId }, "done"),
      undefined,
    ],
  },
  "features/reconciliation/runs/sweep-comparisons": {
    sweepComparisons: [(theirs) => sweepComparisons(theirs), undefined],
  },
  "features/reconciliation/set-up/find-reconciliation": {
    findReconciliation: [(theirs, { comparison }) => findReconciliation(theirs, comparison.reconciliationId), null],
  },
  "features/reconciliation/sweep-reconciliations": {
    sweepReconciliations: [(theirs) => sweepReconciliations(theirs), undefined],
  },
  "features/reconciliation/set-up/delete-reconciliation": {
    bringBackReconciliation: [
      (theirs, { deletedReconciliationId }) => bringBackReconciliation(theirs, deletedReconciliationId),
      no,
    ],
    countKept: [
      (theirs, { comparison }) => countKept(theirs, comparison.reconciliationId),
      { comparisons: 0, findings: 0, decisions: 0 },
    ],
    deleteReconciliation: [(theirs, { comparison }) => deleteReconciliation(theirs, comparison.reconciliationId), no],
    listDeletedReconciliations: [(theirs) => listDeletedReconciliations(theirs), []],
    stopWork: [(theirs, { comparison }) => stopWork(theirs, comparison.reconciliationId), undefined],
  },
  "features/reconciliation/set-up/has-rows": {
    hasRows: [
      (theirs) => hasRows(theirs, { orderOrigins: ["file:Zymurgy"], analyticsOrigin: "file:Zymurgy" }),
      { orders: false, transactions: false },
    ],
  },
  "features/reconciliation/set-up/first-settings": {
    firstSettings: [
      // The first day is that of what is there: of theirs nothing is.
      async (theirs) =>
        (await firstSettings(theirs, { origin: "file:Zymurgy", systems: [], providers })).startDay <
        addDays(dateIn("UTC", theirs.clock.now()), -99),
      false,
    ],
  },
  "features/reconciliation/set-up/list-reconciliations": {
    listReconciliations: [(theirs) => listReconciliations(theirs), []],
  },
  "features/reconciliation/set-up/try-settings": {
    trySettings: [
      async (theirs, { comparison }) => {
        const sources = [{ origin: "file:Zymurgy", isCompared: true }];
        const facts = { orderSources: sources, analyticsOrigin: "file:Zymurgy", settings: pottery.settings };
        const own = { id: comparison.reconciliationId, name: "Theirs", version: 1, isSetUp: true };
        return trySettings(theirs, { ...own, ...facts });
      },
      null,
    ],
  },
  "features/reconciliation/records/count-channels": {
    countChannels: [(theirs) => countChannels(theirs, ["file", "file:Zymurgy"]), []],
  },
  "features/reconciliation/records/latest-records": {
    latestOrders: [(theirs) => latestOrders(theirs, { origins: ["file:Zymurgy"], ...ever, limit: 10 }), []],
    latestTransactions: [(theirs) => latestTransactions(theirs, "file:Zymurgy", 10), []],
  },
  "features/reconciliation/schedule/plan-comparison": {
    // Of one that is not theirs nothing is planned.
    planComparison: [(theirs, { comparison }) => planComparison(theirs, comparison.reconciliationId), something],
    startDueComparison: [
      (theirs, { comparison }) => startDueComparison(theirs, comparison.reconciliationId),
      something,
    ],
    planAllComparisons: [(theirs) => planAllComparisons(theirs), something],
    keepComparisonPlans: [(theirs) => keepComparisonPlans(theirs), something],
  },
  "features/reconciliation/schedule/save-schedule": {
    findScheduledReconciliation: [
      (theirs, { comparison }) => findScheduledReconciliation(theirs, comparison.reconciliationId),
      null,
    ],
    saveComparisonSchedule: [
      (theirs, { comparison }) =>
        saveComparisonSchedule(theirs, comparison.reconciliationId, { schedule: byHand, version: 1 }),
      notFound,
    ],
  },
  "features/reconciliation/set-up/remove-reconciliations": {
    endExpiredAudits: [(theirs) => endExpiredAudits(theirs), undefined],
    removeDeletedReconciliations: [(theirs) => removeDeletedReconciliations(theirs), undefined],
  },
  "features/reconciliation/set-up/sources": {
    fileOrigins: [(theirs) => fileOrigins(theirs, orderKind), []],
    listSystems: [(theirs) => listSystems(theirs, providers), []],
  },
  "features/reconciliation/set-up/save-reconciliation": {
    createReconciliation: [
      (theirs, { connectorId }) => createReconciliation(theirs, { ...pottery, analyticsOrigin: connectorId }),
      { ok: false, reason: "no-source" },
    ],
    endSetUp: [(theirs, { comparison }) => endSetUp(theirs, comparison.reconciliationId), undefined],
    lockReconciliation: [
      (theirs, { comparison }) => lockReconciliation(theirs, comparison.reconciliationId),
      undefined,
    ],
    saveReconciliation: [
      (theirs, { comparison }) => saveReconciliation(theirs, comparison.reconciliationId, { ...pottery, version: 1 }),
      notFound,
    ],
  },
};
