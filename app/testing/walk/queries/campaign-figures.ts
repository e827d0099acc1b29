import { writeCampaign } from "~/features/campaigns/campaign-row.server";
import { compareCampaigns } from "~/features/campaigns/figures/compare-campaigns.server";
import { readComparison } from "~/features/campaigns/figures/comparison";
import { countByTag, countByTown, countTallies } from "~/features/campaigns/figures/count-figures.server";
import { figureFile, figureRowsFile } from "~/features/campaigns/figures/figure-files.server";
import { type FigureFilter } from "~/features/campaigns/figures/figure-filter";
import { countFigureRows, listFigureRows } from "~/features/campaigns/figures/figure-rows.server";
import { readFigures } from "~/features/campaigns/figures/read-figures.server";
import { campaignReport } from "~/features/campaigns/figures/report-pdf.server";
import { readWorkedLately, workedLately } from "~/features/campaigns/figures/worked-lately.server";
import { countForHome } from "~/features/contacts/home/attention.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { type Scope } from "~/platform/scope.server";
import { type Ours, type QueryTable } from "~/testing/walk/query-shape";

const everybody: FigureFilter = {
  ...{ part: null, answer: null, reason: null },
  ...{ from: null, until: null, tag: null, town: null },
};
const email = ({ campaignId }: Ours) => ({ id: campaignId, channel: "email" as const });
const newest = readComparison(new URLSearchParams());
const first = { after: null, limit: 9 };

/** Counts those reached, of whom the example has none until it is said. */
function afterReaching(count: (scope: Scope, campaignId: string, limit: number) => Promise<object[]>) {
  return async (theirs: Scope, { campaignId, contactId }: Ours) => {
    await markDelivery(theirs, campaignId, [contactId], { mark: { delivery: "accepted" }, from: ["none"] });
    return count(theirs, campaignId, 9);
  };
}

export const campaignFigureQueries: QueryTable = {
  "features/campaigns/figures/compare-campaigns": {
    compareCampaigns: [
      async (theirs, { campaignId }) => {
        await writeCampaign(theirs, campaignId, { state: "running" });
        return (await compareCampaigns(theirs, newest)).all;
      },
      [],
    ],
  },
  "features/campaigns/figures/count-figures": {
    countTallies: [(theirs, ours) => countTallies(theirs, ours.campaignId), []],
    countByTag: [afterReaching(countByTag), []],
    countByTown: [afterReaching(countByTown), []],
  },
  "features/campaigns/figures/worked-lately": {
    workedLately: [
      async (theirs, { campaignId, contactId }) => {
        await writeCampaign(theirs, campaignId, { state: "running" });
        await markDelivery(theirs, campaignId, [contactId], { mark: { delivery: "accepted" }, from: ["none"] });
        return readWorkedLately((await countForHome(theirs, { along: workedLately(theirs) })).along);
      },
      [],
    ],
  },
  "features/campaigns/figures/report-pdf": {
    campaignReport: [(theirs, ours) => campaignReport(theirs, ours.campaignId), null],
  },
  "features/campaigns/figures/read-figures": {
    readFigures: [(theirs, ours) => readFigures(theirs, ours.campaignId), null],
  },
  "features/campaigns/figures/figure-rows": {
    listFigureRows: [(theirs, ours) => listFigureRows(theirs, email(ours), everybody, first), { rows: [], next: null }],
    countFigureRows: [
      (theirs, ours) => countFigureRows(theirs, ours.campaignId, { ...everybody, tag: ours.tagId }),
      { count: 0, town: null, tag: null },
    ],
  },
  "features/campaigns/figures/figure-files": {
    figureFile: [(theirs, ours) => figureFile(theirs, ours.campaignId, "funnel", "csv"), null],
    figureRowsFile: [(theirs, ours) => figureRowsFile(theirs, ours.campaignId, everybody, "csv"), null],
  },
};
