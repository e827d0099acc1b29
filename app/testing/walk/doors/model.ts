import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const proposals =
  (rest = "") =>
  ({ slug, connectorId }: Example) =>
    `/${slug}/connectors/${connectorId}/mapping/proposals${rest}`;

export const modelDoors: Record<string, RouteRow> = {
  "routes/settings/model/model": {
    path: within("/settings/model"),
    load: may("settings.manage"),
    // Whoever posts after somebody else is told so.
    post: may("settings.manage", [303, 422]),
    form: () => ({ address: "https://model.brandt.example/v1", model: "m-1", samples: "2", isOn: "no", version: "1" }),
  },
  "routes/connectors/set-up/proposals": {
    path: proposals(),
    load: may("connectors.manage"),
    // Nothing is chosen to be read, so that there is nothing to ask.
    post: may("connectors.manage", 303),
    ids: ["connectorId"],
  },
  "routes/connectors/set-up/proposals-discarding": {
    path: proposals("/discarding"),
    load: noPage,
    post: may("connectors.manage", 303),
    ids: ["connectorId"],
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
