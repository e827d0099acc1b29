import { subjects } from "~/composition.server";
import { type Connector } from "~/features/connectors/find-connector.server";
import {
  chooseFields,
  countStored,
  dropChoice,
  keepChoice,
  sweepChoices,
} from "~/features/connectors/set-up/choose-fields.server";
import { asConfirmed, keepConfirmed } from "~/features/connectors/set-up/confirmed-columns.server";
import { findSetUp, type Reach, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { atSource, forgetOffers, lookUpOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { readExamples } from "~/features/connectors/set-up/read-examples.server";
import { saveMapping, subjectOf } from "~/features/connectors/set-up/save-mapping.server";
import { saveSyncRules } from "~/features/connectors/set-up/save-sync-rules.server";
import { switchOn } from "~/features/connectors/set-up/switch-on.server";
import {
  continueSourceTrial,
  giveUpAbandonedSourceTrials,
  giveUpSourceTrial,
} from "~/features/connectors/set-up/trial/continue-source-trial.server";
import {
  askForSourceTrial,
  cancelSourceTrial,
  enqueueTrial,
  sweepSourceTrials,
} from "~/features/connectors/set-up/trial/source-trials.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import { notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const chosen = {};
const rules = { writing: { ...usualRules, fields: {} }, askShare: 20, askAtLeast: 3 };

function reachOf({ sync: { system } }: Ours): Reach {
  const { providers, connect } = system.doors;
  return { providers, open: (scope, { connector, signal }) => connect(scope, connector.id, signal) };
}

const connectorOf = ({ sync }: Ours): Connector => ({
  ...{ id: sync.connectorId, provider: "small", name: "Small Ledger", state: "on", settings: {} },
  ...{ sealedSecrets: null, whose: null, streams: null },
});

/** A connector of ours as somebody else may think that it stands. */
function looking(ours: Ours) {
  const nothing = { selection: {}, mapping: {}, rules, offers: null, draft: null, confirmed: {}, trial: null };
  const setUp: SetUp = { connector: connectorOf(ours), version: 1, hasAccess: true, settingsHash: "", ...nothing };
  return { setUp, provider: ours.sync.system.provider, reach: reachOf(ours), signal };
}

export const setUpQueries: QueryTable = {
  "features/connectors/set-up/choose-fields": {
    keepChoice: [(theirs, { sync }) => keepChoice(theirs, sync.connectorId, { chosen, version: 1 }), throws],
    dropChoice: [(theirs, { sync }) => dropChoice(theirs, sync.connectorId), undefined],
    sweepChoices: [(theirs) => sweepChoices(theirs), undefined],
    chooseFields: [
      (theirs, { sync }) => {
        const choice = { chosen, version: 1, offers: {}, doors: sync.system.doors };
        return chooseFields(theirs, sync.connectorId, choice);
      },
      notFound,
    ],
    countStored: [(theirs, { sync }) => countStored(theirs, sync.connectorId), new Map()],
  },
  "features/connectors/set-up/confirmed-columns": {
    keepConfirmed: [(theirs) => keepConfirmed(theirs, { provider: "small", name: "Small Ledger" }, {}), something],
    asConfirmed: [(theirs) => Promise.resolve(asConfirmed(theirs, undefined)), something],
  },
  "features/connectors/set-up/find-set-up": {
    findSetUp: [(theirs, { sync }) => findSetUp(theirs, sync.connectorId), null],
  },
  "features/connectors/set-up/look-up-offers": {
    // They would be kept for a connector that is not there.
    lookUpOffers: [(theirs, ours) => lookUpOffers(theirs, looking(ours)), throws],
    forgetOffers: [(theirs, ours) => forgetOffers(theirs, ours.connectorId), undefined],
    atSource: [(theirs, ours) => atSource(theirs, looking(ours), () => Promise.resolve(1)), something],
  },
  "features/connectors/set-up/read-examples": {
    readExamples: [(theirs, ours) => readExamples(theirs, looking(ours), new Map()), something],
  },
  "features/connectors/set-up/save-mapping": {
    saveMapping: [
      (theirs, { sync }) =>
        saveMapping(theirs, sync.connectorId, { version: 1, mapping: {}, streams: [], subjects, mayAddFields: false }),
      notFound,
    ],
    subjectOf: [async (theirs) => (await subjectOf(theirs, subjects, "contacts")).id, something],
  },
  "features/connectors/set-up/save-sync-rules": {
    saveSyncRules: [(theirs, { sync }) => saveSyncRules(theirs, sync.connectorId, { rules, version: 1 }), notFound],
  },
  "features/connectors/set-up/switch-on": {
    switchOn: [(theirs, { sync }) => switchOn(theirs, sync.connectorId, { doors: sync.system.doors }), notFound],
  },
  "features/connectors/set-up/trial/continue-source-trial": {
    continueSourceTrial: [
      (theirs, { sync }) =>
        continueSourceTrial(theirs, sync.connectorId, { subjects, doors: sync.system.doors, signal }),
      undefined,
    ],
    giveUpSourceTrial: [(theirs, { sync }) => giveUpSourceTrial(theirs, sync.connectorId), undefined],
    giveUpAbandonedSourceTrials: [(theirs) => giveUpAbandonedSourceTrials(theirs), undefined],
  },
  "features/connectors/set-up/trial/source-trials": {
    askForSourceTrial: [(theirs, ours) => askForSourceTrial(theirs, ours.sync.connectorId, reachOf(ours)), notFound],
    enqueueTrial: [(theirs, { sync }) => enqueueTrial(theirs, sync.connectorId), undefined],
    cancelSourceTrial: [(theirs, { sync }) => cancelSourceTrial(theirs, sync.connectorId), something],
    sweepSourceTrials: [(theirs) => sweepSourceTrials(theirs), undefined],
  },
};
