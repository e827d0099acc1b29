import { at, may, within, type RouteRow } from "~/testing/walk/route-row";

const settings = { name: "Brandt Holzbau GmbH", colour: "3", phoneCountry: "GB", timeZone: "UTC", currency: "GBP" };

export const accountDoors: Record<string, RouteRow> = {
  "routes/operator/accounts": { path: at("/operator"), load: may("operator") },
  "routes/account": { path: within(""), load: may("account.read"), layout: true },
  "routes/home": { path: within(""), load: may("account.read") },
  "routes/work/list": { path: within("/work"), load: may("work.read") },
  "routes/settings/settings": {
    path: within("/settings"),
    load: may("settings.read"),
    post: may("settings.manage", 303),
    form: () => settings,
  },
};
