import { subjects } from "~/composition.server";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { aboutRun } from "~/features/connectors/runs/about-run.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { eraseFields } from "~/features/connectors/runs/continue-erasure.server";
import { continueSync, giveUpSync, tidyRuns } from "~/features/connectors/runs/continue-sync.server";
import { sweepConnectors } from "~/features/connectors/sweep-connectors.server";
import { pauseUndone } from "~/features/connectors/runs/pause-undone.server";
import { sourceOf } from "~/features/connectors/runs/run-source.server";
import { goOnErasing, saveSelection } from "~/features/connectors/runs/save-selection.server";
import {
  askForSync,
  isRunning,
  lockConnector,
  putRun,
  settingsOf,
  startSync,
} from "~/features/connectors/runs/start-sync.server";
import { listRunsById, listRunsOfConnector } from "~/features/pipeline/run/connector-runs.server";
import { startAgain } from "~/features/connectors/runs/start-again.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { continueSourcedRun } from "~/features/pipeline/sourced/continue-sourced-run.server";
import { endSourcedRun } from "~/features/pipeline/sourced/end-sourced-run.server";
import { continueErasure } from "~/features/pipeline/sourced/erase-fields.server";
import { erasedVersions } from "~/features/pipeline/sourced/erased-versions.server";
import { followGone, takeSomeAway } from "~/features/pipeline/sourced/follow-gone.server";
import { forgetSubjects } from "~/features/pipeline/sourced/forget-subjects.server";
import { listKept, removeKept, writeKept } from "~/features/pipeline/sourced/kept-links.server";
import { dropLinks, dropSaid, keepLinks } from "~/features/pipeline/sourced/links.server";
import { type Arrival, leftAlone, meetRecords, type Met } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, openSourcedRun, openStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { readStream } from "~/features/pipeline/sourced/read-stream.server";
import { rehearseRecords } from "~/features/pipeline/sourced/rehearse-records.server";
import { lookAgain, skipReading, takeRefused } from "~/features/pipeline/sourced/second-look.server";
import { forgetSeen, keepSeen, openSeen, storedSeen } from "~/features/pipeline/sourced/seen-records.server";
import { settleStream } from "~/features/pipeline/sourced/settle-stream.server";
import { ReadingEnded } from "~/features/pipeline/sourced/source";
import {
  countStanding,
  countWaiting,
  findNamed,
  findUnchanged,
  listById,
  listOfSubjects,
  listInState,
  recordsOf,
  writeSourceRecords,
} from "~/features/pipeline/sourced/source-records.server";
import { listRefusedInRun, storedArrivals } from "~/features/pipeline/sourced/stored-records.server";
import { beginStream, beginWhole, endStream } from "~/features/pipeline/sourced/streams.server";
import { goingNow, takePage, takeSome } from "~/features/pipeline/sourced/take-page.server";
import { takeRecords } from "~/features/pipeline/sourced/take-records.server";
import { knownNames } from "~/features/pipeline/sourced/known-names.server";
import { undoneRuns } from "~/features/pipeline/sourced/undone-runs.server";
import { listThere, listUnseen } from "~/features/pipeline/sourced/unseen-records.server";
import { waitForSource } from "~/features/pipeline/sourced/wait-for-source.server";
import { no, notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const doorsOf = ({ sync }: Ours) => sync.system.doors;
const syncing = (ours: Ours) => ({ subjects, doors: doorsOf(ours) });
const working = (ours: Ours) => ({ ...syncing(ours), signal });
const limits = ({ sync }: Ours) => ({ source: sync.taking.source, signal });
const noneThere = { rows: [], after: null };
const goesOn = () => false;
const reading = { signal, hasToStop: goesOn, onMove: () => {} };

/** The run that has ended, as its people are known by it. */
const done = ({ sync }: Ours) => ({
  run: { id: sync.doneRunId, connectorId: sync.connectorId, undone: [] },
  streamId: "people",
});
const open = ({ sync }: Ours) => ({ run: sync.taking.run, streamId: "people" });

const arrivals = ({ sync: { rows } }: Ours): Arrival[] => [
  { item: { id: rows.other.remote_id, payload: { given: "Yolanda" }, changedAt: null }, hash: "h" },
];
/** Known to be taken in alike, so that only what was stored tells whether they are as they were. */
const asTheyWere = ({ sync: { rows, taking } }: Ours) => {
  const { remote_id: id } = rows.other;
  const payload = { family: "Quillfeather", given: "Yolanda", email: "y@quillfeather.example" };
  return { items: [{ id, payload, changedAt: null }], known: [{ ...rows.other, hash: taking.stream.taken }] };
};
const kept = ({ sync: { rows } }: Ours) => ({
  ...{ sourceRecordId: rows.worker.id, type: "works-for", streamId: "companies", id: "c1" },
  ...{ relationId: null, madeRunId: null },
});
const settled = (ours: Ours) => {
  const { other } = ours.sync.rows;
  const item = { id: other.remote_id, payload: { worksFor: "c1" }, changedAt: null };
  const met = { how: "load", arrival: { item, hash: "h" }, recordId: other.id, number: 9, known: null };
  const outcome = { kind: "new" as const, subjectId: other.subject_id ?? "", remarks: [] };
  return [{ met: { ...met, newest: null, versionId: "", isStored: false } as Met, outcome, position: 1, row: other }];
};
const versions = ({ sync: { rows } }: Ours) => [{ sourceRecordId: rows.worker.id, after: {} }];

export const syncQueries: QueryTable = {
  "features/connectors/hold-connector": {
    holdConnector: [(theirs, ours) => holdConnector(theirs, ours.sync.connectorId), undefined],
  },
  "features/connectors/runs/answer-question": {
    answerQuestion: [
      (theirs, ours) => {
        const answering = { askedBy: ours.sync.taking.run.id, answer: "leave", doors: doorsOf(ours) } as const;
        return answerQuestion(theirs, ours.sync.connectorId, answering);
      },
      notFound,
    ],
  },
  "features/connectors/runs/cancel-sync": {
    cancelAnyRun: [(theirs, ours) => cancelAnyRun(theirs, ours.sync.taking.run.id), no],
  },
  "features/connectors/runs/about-run": {
    aboutRun: [
      (theirs, { sync: { doneRunId: id, connectorId } }) =>
        aboutRun(theirs, { id, connectorId }, { providers: new Map(), shows: true }),
      null,
    ],
  },
  "features/connectors/runs/continue-erasure": {
    eraseFields: [(theirs, ours) => eraseFields(theirs, ours.sync.erasureId, working(ours)), undefined],
  },
  "features/connectors/runs/continue-sync": {
    continueSync: [(theirs, ours) => continueSync(theirs, ours.sync.taking.run.id, working(ours)), undefined],
    giveUpSync: [(theirs, ours) => giveUpSync(theirs, ours.sync.taking.run.id, syncing(ours)), undefined],
    tidyRuns: [(theirs, ours) => tidyRuns(theirs, syncing(ours)), undefined],
  },
  "features/connectors/sweep-connectors": {
    sweepConnectors: [(theirs, ours) => sweepConnectors(theirs, syncing(ours)), undefined],
  },
  "features/connectors/runs/pause-undone": {
    pauseUndone: [(theirs, ours) => pauseUndone(theirs, ours.sync.changeSetId), undefined],
  },
  "features/connectors/runs/run-source": {
    sourceOf: [
      (theirs, { sync: { connector, system, taking } }) =>
        sourceOf(theirs, {
          ...{ connector, provider: system.provider, settings: taking.run.settings, doors: system.doors },
        }),
      something,
    ],
  },
  "features/connectors/runs/save-selection": {
    saveSelection: [
      (theirs, ours) => saveSelection(theirs, ours.sync.connectorId, { chosen: {}, doors: doorsOf(ours) }),
      notFound,
    ],
    goOnErasing: [(theirs) => goOnErasing(theirs), undefined],
  },
  "features/pipeline/run/connector-runs": {
    listRunsById: [(theirs, { sync }) => listRunsById(theirs, [sync.doneRunId]), []],
    listRunsOfConnector: [(theirs, { sync }) => listRunsOfConnector(theirs, sync.connectorId, 5), []],
  },
  "features/connectors/runs/start-again": {
    startAgain: [(theirs, ours) => startAgain(theirs, ours.sync.doneRunId, doorsOf(ours)), notFound],
  },
  "features/connectors/runs/take-away": {
    takeAway: [(theirs, { sync }) => takeAway(theirs, sync.connectorId, sync.system.provider), notFound],
  },
  "features/connectors/runs/start-sync": {
    isRunning: [(theirs, { sync }) => isRunning(theirs, sync.connectorId), false],
    startSync: [(theirs, ours) => startSync(theirs, ours.sync.connectorId, { doors: doorsOf(ours) }), notFound],
    lockConnector: [(theirs, ours) => lockConnector(theirs, ours.sync.connectorId), undefined],
    askForSync: [
      (theirs, { sync }) => askForSync(theirs, { connectorId: sync.connectorId, runId: sync.taking.run.id }),
      undefined,
    ],
    // Nobody calls them with a connector that they have not locked.
    putRun: [
      (theirs, { sync: { connector, taking } }) =>
        putRun(theirs, connector, { mode: "whole", settings: taking.run.settings }),
      something,
    ],
    settingsOf: [
      (theirs, { sync: { connector, system } }) => settingsOf(theirs, connector, { provider: system.provider }),
      something,
    ],
  },
  "features/pipeline/sourced/continue-sourced-run": {
    continueSourcedRun: [
      (theirs, ours) => continueSourcedRun(theirs, subjects, ours.sync.taking.run.id, limits(ours)),
      undefined,
    ],
  },
  "features/pipeline/sourced/end-sourced-run": {
    endSourcedRun: [
      (theirs, { sync: { taking } }) => endSourcedRun(theirs, taking.run, taking.source, { state: "done" }),
      throws,
    ],
  },
  "features/pipeline/sourced/erase-fields": {
    continueErasure: [
      (theirs, ours) => continueErasure(theirs, ours.sync.erasureId, { subjects, ...limits(ours) }),
      undefined,
    ],
  },
  "features/pipeline/sourced/erased-versions": {
    erasedVersions: [
      (theirs, { sync: { taking, rows } }) => {
        const { id: sourceRecordId, raw_record_id } = rows.other;
        const version = { sourceRecordId, rawRecordId: raw_record_id ?? "", before: {}, after: {} };
        return erasedVersions(theirs, { subjects, stream: taking.stream, source: taking.source }, [version]);
      },
      [],
    ],
  },
  "features/pipeline/sourced/forget-subjects": {
    forgetSubjects: [(theirs, { sync: { rows } }) => forgetSubjects(theirs, [rows.other.subject_id ?? ""]), undefined],
  },
  "features/pipeline/sourced/kept-links": {
    listKept: [(theirs, ours) => listKept(theirs, [ours.sync.rows.worker.id]), []],
    removeKept: [(theirs, ours) => removeKept(theirs, [kept(ours)]), undefined],
    writeKept: [(theirs, ours) => writeKept(theirs, ours.sync.connectorId, [kept(ours)]), throws],
  },
  "features/pipeline/sourced/known-names": {
    knownNames: [(theirs, ours) => knownNames(theirs, done(ours), null), []],
  },
  "features/pipeline/sourced/links": {
    keepLinks: [(theirs, ours) => keepLinks(theirs, ours.sync.taking, settled(ours)), throws],
    // Ours stands, and says what it says.
    dropLinks: [(theirs, { sync }) => dropLinks(theirs, sync.taking, [sync.rows.worker.id]), something],
    dropSaid: [(theirs, ours) => dropSaid(theirs, ours.sync.taking, versions(ours)), undefined],
  },
  "features/pipeline/sourced/meet-records": {
    meetRecords: [(theirs, ours) => meetRecords(theirs, ours.sync.taking, arrivals(ours)), something],
    leftAlone: [
      async (theirs, ours) => [...(await leftAlone(theirs, { ...ours.sync.taking, undone: [] }, asTheyWere(ours)))],
      [],
    ],
  },
  "features/pipeline/sourced/open-sourced-run": {
    openSourcedRun: [(theirs, ours) => openSourcedRun(theirs, subjects, ours.sync.taking.run.id), null],
    advanceSourced: [(theirs, ours) => advanceSourced(theirs, ours.sync.taking.run, {}), throws],
    openStream: [
      (theirs, { sync: { taking } }) => {
        const { settings, startedAt } = taking.run;
        return openStream(theirs, subjects, { settings, stream: settings.streams[0]!, startedAt });
      },
      something,
    ],
  },
  "features/pipeline/sourced/read-stream": {
    readStream: [(theirs, ours) => readStream(theirs, ours.sync.taking, reading), throws],
  },
  "features/pipeline/sourced/rehearse-records": {
    rehearseRecords: [
      async (theirs, ours) => {
        const { connectorId, connector, taking, system } = ours.sync;
        const { settings } = taking.run;
        const opening = { connector, provider: system.provider, settings, doors: doorsOf(ours) };
        const result = await rehearseRecords(theirs, subjects, {
          ...{ connector: { id: connectorId, name: "" }, settings, signal },
          source: sourceOf(theirs, opening),
          ...{ mostRecords: 10, onRead: () => Promise.resolve() },
        });
        return result.map(({ met }) => met);
      },
      [0, 0],
    ],
  },
  "features/pipeline/sourced/second-look": {
    // They hand back the run that they were given.
    lookAgain: [
      async (theirs, ours) => (await lookAgain(theirs, ours.sync.taking.run, limits(ours))).counts,
      something,
    ],
    skipReading: [(theirs, ours) => skipReading(theirs, ours.sync.taking), throws],
    takeRefused: [(theirs, ours) => takeRefused(theirs, ours.sync.taking, goesOn), throws],
  },
  "features/pipeline/sourced/seen-records": {
    openSeen: [
      async (theirs, { sync: { connectorId, taking } }) => {
        const opened = await openSeen(theirs, { runId: taking.run.id, connectorId, streams: [{ id: "companies" }] });
        const { seen, last } = opened.get("companies")!;
        return { seen: seen.size, last };
      },
      { seen: 0, last: 0 },
    ],
    storedSeen: [(theirs, ours) => storedSeen(theirs, ours.sync.taking.run.id), new Map()],
    keepSeen: [(theirs, { sync }) => keepSeen(theirs, sync.taking.run, { streamId: "people", numbers: [1] }), throws],
    forgetSeen: [(theirs, ours) => forgetSeen(theirs, ours.sync.taking.run.id), undefined],
  },
  "features/pipeline/sourced/follow-gone": {
    followGone: [(theirs, ours) => followGone(theirs, ours.sync.taking), null],
    takeSomeAway: [async (theirs, ours) => (await takeSomeAway(theirs, ours.sync.taking, 0)).run.counts.gone, 0],
  },
  "features/pipeline/sourced/settle-stream": {
    settleStream: [async (theirs, ours) => (await settleStream(theirs, ours.sync.taking, goesOn)).counts, something],
  },
  "features/pipeline/sourced/source-records": {
    countStanding: [(theirs, ours) => countStanding(theirs, done(ours)), { standing: 0, now: 0 }],
    countWaiting: [(theirs, ours) => countWaiting(theirs, done(ours)), { gone: 0, blanked: 0 }],
    findNamed: [(theirs, ours) => findNamed(theirs, done(ours), ["p1", "p2"]), new Map()],
    recordsOf: [(theirs, ours) => recordsOf(theirs, done(ours)).execute(), []],
    findUnchanged: [
      (theirs, ours) => {
        const { remote_id: id, hash } = ours.sync.rows.other;
        return findUnchanged(theirs, open(ours), new Map([[id, hash]]));
      },
      new Map(),
    ],
    listById: [(theirs, ours) => listById(theirs, done(ours), [ours.sync.rows.worker.id]), []],
    listOfSubjects: [
      (theirs, { sync }) => {
        const subjectIds = [sync.rows.worker.subject_id ?? ""];
        return listOfSubjects(theirs, sync.connectorId, { subjectIds });
      },
      [],
    ],
    listInState: [(theirs, ours) => listInState(theirs, done(ours), { state: "refused", limit: 9 }), []],
    writeSourceRecords: [
      (theirs, { sync }) => writeSourceRecords(theirs, sync, [{ before: null, now: sync.rows.other }]),
      throws,
    ],
  },
  "features/pipeline/sourced/stored-records": {
    storedArrivals: [(theirs, { sync }) => storedArrivals(theirs, sync.taking.stream, [sync.rows.other]), []],
    listRefusedInRun: [
      (theirs, ours) => {
        const run = { ...ours.sync.taking.run, id: ours.sync.doneRunId };
        return listRefusedInRun(theirs, { run, streamId: "people", rule: "email" }, { after: null, limit: 9 });
      },
      [],
    ],
  },
  "features/pipeline/sourced/streams": {
    beginStream: [(theirs, { sync: { taking } }) => beginStream(theirs, taking.run, taking.stream), throws],
    beginWhole: [(theirs, { sync: { taking } }) => beginWhole(theirs, taking.run, taking.stream), throws],
    endStream: [(theirs, ours) => endStream(theirs, ours.sync.taking), throws],
  },
  "features/pipeline/sourced/take-page": {
    takePage: [(theirs, ours) => takePage(theirs, ours.sync.taking, { live: [], gone: [], after: null }), throws],
    takeSome: [(theirs, ours) => takeSome(theirs, ours.sync.taking, arrivals(ours)), throws],
    goingNow: [(theirs, ours) => goingNow(theirs, ours.sync.taking, [], (checkpoint) => checkpoint), throws],
  },
  "features/pipeline/sourced/take-records": {
    takeRecords: [(theirs, ours) => takeRecords(theirs, ours.sync.taking, arrivals(ours)), throws],
  },
  "features/pipeline/sourced/undone-runs": {
    undoneRuns: [(theirs, { sync }) => undoneRuns(theirs, sync.connectorId), something],
  },
  "features/pipeline/sourced/unseen-records": {
    listThere: [(theirs, ours) => listThere(theirs, open(ours), { after: 0, limit: 9 }), noneThere],
    listUnseen: [(theirs, ours) => listUnseen(theirs, open(ours), { after: 0, limit: 9 }), noneThere],
  },
  "features/pipeline/sourced/wait-for-source": {
    waitForSource: [
      (theirs, { sync: { taking } }) =>
        waitForSource(theirs, taking.run, taking.source, new ReadingEnded("Later.", "later")),
      throws,
    ],
  },
};
