import { connectorStatistics } from "~/features/connectors/statistics/connector-statistics.server";
import { dropQuestion, noteAnswer } from "~/features/pipeline/run/questions.server";
import { listRunPage } from "~/features/pipeline/run/run-list.server";
import { lastRefusing, listRefusing } from "~/features/pipeline/run/still-refused.server";
import { type QueryTable } from "~/testing/walk/query-shape";

const all = { state: null, from: null, until: null };

export const runQueries: QueryTable = {
  "features/connectors/statistics/connector-statistics": {
    connectorStatistics: [
      async (theirs, ours) => (await connectorStatistics(theirs, ours.sync.connectorId)).runs,
      { good: 0, of: 0 },
    ],
  },
  "features/pipeline/run/questions": {
    dropQuestion: [(theirs, { sync }) => dropQuestion(theirs, sync.connectorId), undefined],
    noteAnswer: [
      (theirs, { sync: { doneRunId } }) => noteAnswer(theirs, { askedBy: doneRunId, runId: doneRunId }),
      undefined,
    ],
  },
  "features/pipeline/run/still-refused": {
    listRefusing: [async (theirs, { sync }) => [...(await listRefusing(theirs, [sync.connectorId]))], []],
    lastRefusing: [
      (theirs, { sync }) => theirs.db.selectNoFrom(lastRefusing(theirs, sync.connectorId).as("runId")).execute(),
      [{ runId: null }],
    ],
  },
  "features/pipeline/run/run-list": {
    listRunPage: [async (theirs, ours) => (await listRunPage(theirs, { ...all, of: ours.sync.connectorId })).rows, []],
  },
};
