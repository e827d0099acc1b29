import { connectorStatistics } from "~/features/connectors/statistics/connector-statistics.server";
import { listRunPage } from "~/features/pipeline/run/run-list.server";
import { type QueryTable } from "~/testing/walk/query-shape";

const all = { state: null, from: null, until: null };

export const runQueries: QueryTable = {
  "features/connectors/statistics/connector-statistics": {
    connectorStatistics: [
      async (theirs, ours) => (await connectorStatistics(theirs, ours.sync.connectorId)).runs,
      { good: 0, of: 0 },
    ],
  },
  "features/pipeline/run/run-list": {
    listRunPage: [async (theirs, ours) => (await listRunPage(theirs, { ...all, of: ours.sync.connectorId })).rows, []],
  },
};
