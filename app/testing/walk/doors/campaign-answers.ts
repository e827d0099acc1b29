import { at, may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

/** Of no link that was ever made. */
const token = "A".repeat(80);

export const campaignAnswerDoors: Record<string, RouteRow> = {
  "routes/answers/answer": { path: at(`/r/${token}`), load: may("nobody", 404), post: may("nobody", 404) },
  "routes/answers/unsubscribe": {
    path: at(`/r/${token}/unsubscribe`),
    load: may("nobody", 404),
    post: may("nobody", 404),
  },
  "routes/answers/mail-webhook": {
    path: at(`/hooks/mail/hmac/${token}`),
    load: noPage,
    post: may("nobody", 404),
  },
  "routes/settings/mail-reports/list": { path: within("/settings/mail-reports"), load: may("settings.manage") },
  "routes/settings/mail-reports/service": {
    path: within("/settings/mail-reports/ses"),
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: () => ({ proof: "arn:aws:sns:eu-west-1:123456789012:bounces" }),
  },
  "routes/settings/mail-reports/removal": {
    path: within("/settings/mail-reports/ses/removal"),
    load: noPage,
    post: may("settings.manage", 303),
  },
  "routes/campaigns/bounces": {
    path: ({ slug, campaignId }) => `/${slug}/campaigns/${campaignId}/bounces`,
    load: may("campaigns.write"),
    post: may("campaigns.write"),
    upload: "Zymurgy",
    ids: ["campaignId"],
  },
  // A page of the public: what it shows of an account that has codes is told by code-page.test.ts.
  "routes/answers/code": {
    path: at("/answer/nobody-of-this-name"),
    load: may("nobody", 404),
    post: may("nobody", 404),
    form: () => ({ code: "7K3QX9" }),
  },
  "routes/answers/code-logo": { path: at("/answer/nobody-of-this-name/logo/none"), load: may("nobody", 404) },
  "routes/answers/logo": { path: at(`/r/${token}/logo/none`), load: may("nobody", 404) },
};
