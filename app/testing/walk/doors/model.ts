import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

export const modelDoors: Record<string, RouteRow> = {
  "routes/settings/model/model": {
    path: within("/settings/model"),
    load: may("settings.manage"),
    // Whoever posts after somebody else is told so.
    post: may("settings.manage", [303, 422]),
    form: () => ({ address: "https://model.brandt.example/v1", model: "m-1", samples: "2", isOn: "no", version: "1" }),
  },
  "routes/settings/model/testing": {
    path: within("/settings/model/testing"),
    load: noPage,
    post: may("settings.manage", 303),
  },
  "routes/settings/model/removal": {
    path: within("/settings/model/removal"),
    load: noPage,
    post: may("settings.manage", 303),
  },
};
