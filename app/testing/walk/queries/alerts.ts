import { sendMessage, testWebhook } from "~/features/connectors/alerts/send-message.server";
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { tellRunEnd } from "~/features/connectors/alerts/tell-run-end.server";
import { askToSend, tellWebhook } from "~/features/connectors/alerts/tell-webhook.server";
import {
  openWebhook,
  findAlertWebhook,
  removeAlertWebhook,
  saveAlertWebhook,
  sweepWebhookMessages,
} from "~/features/connectors/alerts/webhook.server";
import { UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { newId } from "~/platform/ids.server";
import { type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

const sending = {
  fetch: () => Promise.reject(new UnreachableError()),
  origin: "https://ledger.brandt.example",
  providerName: (id: string) => id,
  signal: new AbortController().signal,
};
const subjectOf = ({ connectorId }: Ours) => ({
  ...{ connectorId, name: "Google", provider: "google", what: "failed" as const, runId: null },
});
const ended = ({ sync }: Ours) => ({
  ...{ runId: sync.doneRunId, startedAt: "2026-05-04T09:00:00.000Z", state: "failed" as const },
  ...{ grantEnded: null, question: null },
});

export const alertQueries: QueryTable = {
  "features/connectors/alerts/send-message": {
    sendMessage: [(theirs) => sendMessage(theirs, newId(), sending), undefined],
    testWebhook: [(theirs) => testWebhook(theirs, sending), something],
  },
  "features/connectors/alerts/tell-connector": {
    tellConnector: [
      (theirs, ours) => tellConnector(theirs, ours.connectorId, { what: "failed", runId: ours.sync.doneRunId }),
      undefined,
    ],
  },
  "features/connectors/alerts/tell-run-end": {
    tellRunEnd: [(theirs, ours) => tellRunEnd(theirs, ours.sync.connectorId, ended(ours)), undefined],
  },
  "features/connectors/alerts/tell-webhook": {
    tellWebhook: [
      (theirs, ours) =>
        tellWebhook(theirs, { kind: "connector-told", eventKey: `walk:${newId()}`, subject: subjectOf(ours) }),
      undefined,
    ],
    askToSend: [(theirs) => askToSend(theirs, newId()), undefined],
  },
  "features/connectors/alerts/webhook": {
    findAlertWebhook: [(theirs) => findAlertWebhook(theirs), something],
    openWebhook: [(theirs) => openWebhook(theirs), something],
    saveAlertWebhook: [(theirs) => saveAlertWebhook(theirs, "https://hooks.slack.com/services/T/B/X"), undefined],
    removeAlertWebhook: [(theirs) => removeAlertWebhook(theirs), something],
    sweepWebhookMessages: [(theirs) => sweepWebhookMessages(theirs), undefined],
  },
};
