import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const of =
  (rest = "") =>
  ({ slug, campaignId }: Example) =>
    `/${slug}/campaigns/${campaignId}${rest}`;

const verb = (rest: string): RouteRow => ({
  path: of(rest),
  load: noPage,
  post: may("campaigns.write", 303),
  ids: ["campaignId"],
});

const facts = { name: "Quillfeather reviews", channel: "email", subject: "Your review", body: "Is all as it was?" };

export const campaignDoors: Record<string, RouteRow> = {
  "routes/campaigns/list": { path: within("/campaigns"), load: may("campaigns.read") },
  "routes/campaigns/new": {
    path: within("/campaigns/new"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => facts,
  },
  "routes/campaigns/campaign": {
    path: of(),
    load: may("campaigns.read"),
    searches: ({ contactId }) => [`key=a&after=${contactId}`],
    ids: ["campaignId", "contactId"],
  },
  "routes/campaigns/edit": {
    path: of("/edit"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ ...facts, version: "1" }),
    ids: ["campaignId"],
  },
  "routes/campaigns/copying": verb("/copying"),
  "routes/campaigns/deletion": verb("/deletion"),
  "routes/campaigns/return": verb("/return"),
  "routes/campaigns/archival": verb("/archival"),
  "routes/campaigns/restoration": verb("/restoration"),
  "routes/campaigns/start": verb("/start"),
  "routes/campaigns/completion": verb("/completion"),
  "routes/campaigns/resumption": verb("/resumption"),
  "routes/campaigns/recipients/recipient": {
    path: ({ slug, campaignId, contactId }) => `/${slug}/campaigns/${campaignId}/recipients/${contactId}`,
    load: may("campaigns.read"),
    // Of a draft nothing is recorded.
    post: may("campaigns.write", 422),
    form: () => ({ response: "responded", respondedOn: "2026-11-20" }),
    ids: ["campaignId", "contactId"],
  },
  "routes/campaigns/recipients/joining": {
    path: ({ slug, contactId, otherContactId }) => `/${slug}/campaigns/joining?id=${contactId}&id=${otherContactId}`,
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: ({ campaignId }) => ({ campaign: campaignId }),
    searches: ({ contactId }) => [`id=${contactId}`, "all=q%3Dquillfeather"],
    ids: ["contactId", "otherContactId", "campaignId"],
  },
  "routes/campaigns/responses/new": {
    path: of("/responses/new"),
    load: may("campaigns.write"),
    // Of a draft nothing is recorded.
    post: may("campaigns.write", 422),
    form: () => ({ response: "responded", respondedOn: "2026-11-20", lines: "nobody@quillfeather.example" }),
    ids: ["campaignId"],
  },
  "routes/campaigns/recipients/new": {
    path: of("/recipients/new"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ from: "list", view: "" }),
    ids: ["campaignId"],
  },
  "routes/campaigns/recipients/removal": {
    ...verb("/recipients/removal"),
    form: ({ contactId }) => ({ id: contactId }),
    ids: ["campaignId", "contactId"],
  },
  "routes/campaigns/recipients/addition-undo": {
    ...verb(""),
    path: ({ slug, campaignId, additionId }) => `/${slug}/campaigns/${campaignId}/additions/${additionId}/undo`,
    ids: ["campaignId", "additionId"],
  },
};
