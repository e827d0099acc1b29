import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const of =
  (rest = "") =>
  ({ slug, lettersId }: Example) =>
    `/${slug}/campaigns/${lettersId}/letters${rest}`;

const ofRun =
  (rest = "") =>
  ({ printRunId, ...example }: Example) =>
    of(`/${printRunId}${rest}`)({ printRunId, ...example });

const run = ["lettersId", "printRunId"] as const;

export const letterDoors: Record<string, RouteRow> = {
  "routes/campaigns/letters/returned": {
    path: within("/campaigns/returned"),
    load: may("campaigns.write"),
    // Nobody's code.
    post: may("campaigns.write", 422),
    form: () => ({ codes: "000000" }),
  },
  "routes/campaigns/letters/letters": {
    path: of(),
    load: may("campaigns.read"),
    // All are in a file that waits.
    post: may("campaigns.write", 422),
    form: () => ({ layout: "din" }),
    ids: ["lettersId"],
  },
  "routes/campaigns/letters/labels": {
    path: of("/labels"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ sheet: "l7160", start: "4", who: "all" }),
    ids: ["lettersId"],
  },
  "routes/campaigns/letters/merge-file": {
    path: of("/merge-file"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ kind: "merge-csv", who: "all" }),
    ids: ["lettersId"],
  },
  "routes/campaigns/letters/preview": {
    path: of("/preview"),
    load: may("campaigns.read"),
    searches: ({ contactId }) => [`recipient=${contactId}`, "recipient=emptiest&layout=us10"],
    ids: ["lettersId", "contactId"],
  },
  "routes/campaigns/letters/preview-pdf": { path: of("/preview.pdf"), load: may("campaigns.read"), ids: ["lettersId"] },
  "routes/campaigns/letters/run": { path: ofRun(), load: may("campaigns.read"), ids: run },
  "routes/campaigns/letters/page": { path: ofRun("/page"), load: may("campaigns.write"), ids: run },
  "routes/campaigns/letters/file": { path: ofRun("/file"), load: may("campaigns.write", 303), ids: run },
  "routes/campaigns/letters/printed": {
    path: ofRun("/printed"),
    load: noPage,
    post: may("campaigns.write", 303),
    ids: run,
  },
  "routes/campaigns/letters/discarding": {
    path: ofRun("/discarding"),
    load: noPage,
    post: may("campaigns.write", 303),
    ids: run,
  },
  "routes/campaigns/letters/one-letter": {
    path: ({ slug, lettersId, contactId }) => `/${slug}/campaigns/${lettersId}/recipients/${contactId}/letter`,
    load: noPage,
    post: may("campaigns.write", 303),
    ids: ["lettersId", "contactId"],
  },
};
