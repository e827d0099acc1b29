import { at, may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const formats = { phoneCountry: "GB", timeZone: "UTC", locale: "en-IE", currency: "GBP" };

export const accountDoors: Record<string, RouteRow> = {
  "routes/operator/accounts": { path: at("/operator"), load: may("operator") },
  "routes/account": { path: within(""), load: may("account.read"), layout: true },
  "routes/home": { path: within(""), load: may("account.read") },
  "routes/sample-data": {
    path: within("/sample-data"),
    load: may("contacts.archive", 302),
    post: may("contacts.import", 303),
  },
  "routes/work/list": { path: within("/work"), load: may("work.read") },
  "routes/settings/settings": {
    path: within("/settings"),
    load: may("settings.read"),
    post: may("settings.manage", 303),
    form: () => ({ name: "Brandt Holzbau GmbH", colour: "3" }),
  },
  "routes/settings/formats": {
    path: within("/settings/formats"),
    load: may("settings.read"),
    post: may("settings.manage", 303),
    form: () => formats,
  },
  "routes/settings/access": {
    path: within("/settings/access"),
    load: may("settings.read"),
    post: may("settings.manage", 303),
    form: () => ({ ownContactsOnly: "no", retentionDays: "90" }),
  },
  "routes/settings/second-factor": {
    path: within("/settings/second-factor"),
    load: may("settings.manage"),
    post: may("settings.manage", 422),
    form: () => ({ password: "not the right words", code: "000000" }),
  },
  "routes/settings/second-factor-requirement": {
    path: within("/settings/second-factor/requirement"),
    load: noPage,
    post: may("settings.manage", 303),
  },
  "routes/settings/logo-file": {
    path: ({ slug, logoFileId }) => `/${slug}/logo/${logoFileId}`,
    load: may("account.read"),
    ids: ["logoFileId"],
  },
  "routes/settings/logo": {
    path: within("/settings/logo"),
    load: may("settings.read"),
    // What the walk sends is no picture.
    post: may("settings.manage", 422),
    upload: "<svg xmlns='http://www.w3.org/2000/svg'/>",
  },
  "routes/settings/logo-removal": {
    path: within("/settings/logo/removal"),
    load: noPage,
    post: may("settings.manage", 303),
  },
};
