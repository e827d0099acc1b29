import {
  findModelSettings,
  openModel,
  removeModel,
  saveModelSettings,
  testModel,
} from "~/features/connectors/mapping-help/model-settings.server";
import {
  askForProposals,
  continueAsking,
  discardProposals,
  findHelp,
  findProposals,
  giveUpAsking,
} from "~/features/connectors/mapping-help/proposals.server";
import { noProviders } from "~/platform/provider-settings.server";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const env = { appOrigin: "https://ledger.brandt.example", providers: noProviders };
const settings = { address: "https://m.example/v1", model: "m-1", key: "", samples: 1, isOn: true, version: 0 };
const questions = [
  { fields: [], columns: [{ streamId: "contacts", columnId: "x", label: "Courriel", samples: ["xxxx"] }] },
];

export const mappingHelpQueries: QueryTable = {
  "features/connectors/mapping-help/model-settings": {
    findModelSettings: [(theirs) => findModelSettings(theirs), null],
    saveModelSettings: [(theirs) => saveModelSettings(theirs, settings), something],
    removeModel: [(theirs) => removeModel(theirs), false],
    openModel: [(theirs) => openModel(theirs, { env, signal, timeoutMs: 1_000 }), null],
    // Of ours it says that it cannot be reached.
    testModel: [(theirs) => testModel(theirs, { env, signal }), something],
  },
  "features/connectors/mapping-help/proposals": {
    findProposals: [(theirs, ours) => findProposals(theirs, ours.connectorId), null],
    findHelp: [(theirs, ours) => findHelp(theirs, ours.connectorId), { model: null, asked: null }],
    askForProposals: [(theirs, ours) => askForProposals(theirs, ours.connectorId, { questions, shown: "" }), notFound],
    continueAsking: [
      (theirs, { connectorId, askId }) => continueAsking(theirs, { connectorId, askId }, { env, signal }),
      undefined,
    ],
    giveUpAsking: [(theirs, { connectorId, askId }) => giveUpAsking(theirs, { connectorId, askId }), undefined],
    discardProposals: [(theirs, ours) => discardProposals(theirs, ours.connectorId), false],
  },
};
