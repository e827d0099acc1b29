import { type Example } from "~/testing/walk/examples";
import { may, type RouteRow, within } from "~/testing/walk/route-row";

const of =
  (rest: string) =>
  ({ slug, campaignId }: Example) =>
    `/${slug}/campaigns/${campaignId}/figures${rest}`;

const read = (rest: string): RouteRow => ({ path: of(rest), load: may("campaigns.read"), ids: ["campaignId"] });
const rows: Partial<RouteRow> = {
  searches: ({ tagId, contactId }) => [`part=left-out&tag=${tagId}`, `key=a&after=${contactId}`],
  ids: ["campaignId", "tagId", "contactId"],
};

export const campaignFigureDoors: Record<string, RouteRow> = {
  "routes/campaigns/figures/comparison": { path: within("/campaigns/comparison"), load: may("campaigns.read") },
  "routes/campaigns/figures/comparison-file": {
    path: within("/campaigns/comparison/campaigns.csv"),
    load: may("campaigns.read"),
  },
  "routes/campaigns/figures/figures": read(""),
  "routes/campaigns/figures/recipients": { ...read("/recipients"), ...rows },
  "routes/campaigns/figures/rows-csv": { ...read("/recipients.csv"), ...rows, load: may("contacts.export") },
  "routes/campaigns/figures/rows-workbook": { ...read("/recipients.xlsx"), ...rows, load: may("contacts.export") },
  "routes/campaigns/figures/report-pdf": read("/report.pdf"),
  "routes/campaigns/figures/file": read("/funnel.csv"),
};
