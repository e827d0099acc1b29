import { countForHome, findAttention } from "~/features/contacts/attention.server";
import { listSampleIds, loadSampleData } from "~/features/contacts/sample-data.server";
import { type QueryTable, something } from "~/testing/walk/query-shape";

export const homeQueries: QueryTable = {
  "features/contacts/attention": {
    findAttention: [(theirs) => findAttention(theirs), something],
    countForHome: [(theirs) => countForHome(theirs), something],
  },
  "features/contacts/sample-data": {
    loadSampleData: [(theirs) => loadSampleData(theirs), something],
    listSampleIds: [(theirs) => listSampleIds(theirs), something],
  },
};
