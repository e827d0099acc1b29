import { listChangedLast } from "~/features/contacts/home/changed-last.server";
import { countForHome, findAttention } from "~/features/contacts/home/attention.server";
import { listSampleIds, loadSampleData } from "~/features/contacts/home/sample-data.server";
import { type QueryTable, something } from "~/testing/walk/query-shape";

export const homeQueries: QueryTable = {
  "features/contacts/home/changed-last": { listChangedLast: [(theirs) => listChangedLast(theirs, 6), something] },
  "features/contacts/home/attention": {
    findAttention: [(theirs) => findAttention(theirs), something],
    countForHome: [(theirs) => countForHome(theirs), something],
  },
  "features/contacts/home/sample-data": {
    loadSampleData: [(theirs) => loadSampleData(theirs), something],
    listSampleIds: [(theirs) => listSampleIds(theirs), something],
  },
};
