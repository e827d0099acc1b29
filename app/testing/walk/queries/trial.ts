import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { decide, readCandidates } from "~/features/contacts/subject/contact-load.server";
import { cameBefore, countEndedSince, listImportsAtWork } from "~/features/pipeline/trial/came-before.server";
import {
  beginTrial,
  continueTrial,
  giveUpAbandonedTrials,
  giveUpTrial,
} from "~/features/pipeline/trial/continue-trial.server";
import { differenceFromTrial } from "~/features/pipeline/trial/difference.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { trialLedger } from "~/features/pipeline/trial/trial-ledger.server";
import { startChecked } from "~/features/pipeline/trial/start-checked.server";
import { askForTrial, findTrial, forgetSamples, putTrial, settingsHash } from "~/features/pipeline/trial/trials.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import { noCounts } from "~/features/pipeline/run/run";
import { no, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const signal = new AbortController().signal;

/** The trial of an import, for `queryTable`. */
export const trialQueries: QueryTable = {
  "features/pipeline/trial/came-before": {
    cameBefore: [
      (theirs, { doneId, fileId }) => cameBefore(theirs, { id: doneId, fileId }, { digest: null, result: null }),
      null,
    ],
    listImportsAtWork: [(theirs) => listImportsAtWork(theirs, theirs.requestId), something],
    countEndedSince: [(theirs) => countEndedSince(theirs, theirs.clock.now()), something],
  },
  "features/pipeline/trial/continue-trial": {
    beginTrial: [(theirs, { draft }) => beginTrial(theirs, contactSubject, draft), something],
    continueTrial: [(theirs, ours) => continueTrial(theirs, subjects, ours.draftId, { signal }), undefined],
    giveUpTrial: [(theirs, ours) => giveUpTrial(theirs, ours.draftId), undefined],
    giveUpAbandonedTrials: [(theirs) => giveUpAbandonedTrials(theirs), undefined],
  },
  "features/pipeline/trial/difference": {
    differenceFromTrial: [(theirs, ours) => differenceFromTrial(theirs, { id: ours.draftId, counts: noCounts }), []],
  },
  "features/pipeline/trial/rehearse-run": {
    rehearseRun: [
      (theirs, { draft }) => rehearseRun(theirs, contactSubject, { run: draft, limits: { signal } }),
      throws,
    ],
  },
  "features/pipeline/trial/start-checked": {
    startChecked: [
      (theirs, ours) => startChecked(theirs, ours.draftId, { confirmed: null }),
      { ...no, reason: "not-a-draft" },
    ],
  },
  "features/pipeline/trial/trial-ledger": {
    trialLedger: [
      async (theirs, ours) => {
        const taken = { take: () => true, isTaken: () => false, giveBack: () => undefined } as never;
        return [...(await trialLedger(theirs, ours.correctedId, taken).take(new Map([[3, 3]])))];
      },
      [3],
    ],
  },
  "features/pipeline/trial/trials": {
    findTrial: [(theirs, ours) => findTrial(theirs, ours.draftId), null],
    askForTrial: [(theirs, ours) => askForTrial(theirs, ours.draftId), no],
    forgetSamples: [
      (theirs, ours) =>
        forgetSamples(theirs, ours.draftId, {
          ...{ counts: noCounts, remarks: {}, met: 0, changed: 0, blanked: 0 },
          ...{ changes: [], refusals: [], rules: [], known: [] },
        }),
      undefined,
    ],
    settingsHash: [
      (theirs, { draft }) => {
        const settings = JSON.stringify(draft.settings);
        return settingsHash(theirs, { settings, file_id: null, subject: draft.subject, run_state: "draft" });
      },
      something,
    ],
    putTrial: [(theirs, ours) => putTrial(theirs, ours.draftId, { state: "queued" }), false],
  },
};

/** How rows find their contacts. */
export const candidateQueries: QueryTable[string] = {
  readCandidates: [
    (theirs, ours) => readCandidates(theirs, [ours.contactId], { observedAt: theirs.clock.now(), lock: false }),
    [],
  ],
  decide: [
    (theirs) => {
      const load = { rows: [], observedAt: theirs.clock.now(), rules: usualRules, startedBy: null };
      return Promise.resolve(decide(theirs, load, []).outcomes);
    },
    something,
  ],
};
