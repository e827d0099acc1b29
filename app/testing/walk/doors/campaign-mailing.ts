import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow } from "~/testing/walk/route-row";

const of =
  (rest: string) =>
  ({ slug, campaignId }: Example) =>
    `/${slug}/campaigns/${campaignId}${rest}`;

const verb = (rest: string): RouteRow => ({
  path: of(rest),
  load: noPage,
  post: may("campaigns.write", 303),
  ids: ["campaignId"],
});

const decision = (rest: string): RouteRow => ({
  ...verb(rest),
  form: ({ contactId }) => ({ id: contactId }),
  ids: ["campaignId", "contactId"],
});

export const campaignMailingDoors: Record<string, RouteRow> = {
  "routes/campaigns/sending/sending": {
    path: of("/sending"),
    load: may("campaigns.read"),
    // The tests' site has no mail server.
    post: may("campaigns.write", 422),
    form: () => ({ to: "ann@orchard.example", as: "first" }),
    ids: ["campaignId"],
  },
  "routes/campaigns/sending/settings": {
    path: of("/sending/settings"),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ senderName: "Quillfeather", replyTo: "", mailsAMinute: "30", sentWhen: "any-time" }),
    ids: ["campaignId"],
  },
  "routes/campaigns/sending/begin": verb("/sending/begin"),
  "routes/campaigns/sending/pause": verb("/sending/pause"),
  "routes/campaigns/sending/unknown": {
    path: of("/sending/unknown"),
    load: may("campaigns.read"),
    searches: ({ contactId }) => [`after=${contactId}`],
    ids: ["campaignId", "contactId"],
  },
  "routes/campaigns/sending/unknown-delivered": decision("/sending/unknown/delivered"),
  "routes/campaigns/sending/unknown-again": decision("/sending/unknown/again"),
  "routes/campaigns/sending/preview": {
    path: of("/preview"),
    load: may("campaigns.read"),
    searches: ({ contactId }) => [`who=${contactId}`, `key=a&after=${contactId}`, "who=emptiest"],
    ids: ["campaignId", "contactId"],
  },
  "routes/campaigns/sending/preview-html": {
    path: ({ slug, campaignId, contactId }) => `/${slug}/campaigns/${campaignId}/preview/html?who=${contactId}`,
    load: may("campaigns.read"),
    ids: ["campaignId", "contactId"],
  },
};
