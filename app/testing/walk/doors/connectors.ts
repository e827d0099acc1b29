import { type Example } from "~/testing/walk/examples";
import { at, may, noPage, type RouteRow } from "~/testing/walk/route-row";

const connection =
  (rest = "") =>
  ({ slug, connectorId }: Example) =>
    `/${slug}/connectors/${connectorId}/connection${rest}`;

/** Of no link that was ever made. */
const token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

export const connectorDoors: Record<string, RouteRow> = {
  "routes/connectors/connection/connection": {
    path: connection(),
    load: may("connectors.manage"),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/begin": {
    path: connection("/begin"),
    load: may("connectors.manage"),
    // The tests' site is nobody at Google.
    post: may("connectors.manage", 422),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/link": {
    path: connection("/link"),
    load: may("connectors.manage"),
    post: may("connectors.manage", 201),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/testing": {
    path: connection("/testing"),
    load: noPage,
    post: may("connectors.manage", 303),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/disconnection": {
    path: connection("/disconnection"),
    load: may("connectors.manage"),
    post: may("connectors.manage", 303),
    ids: ["connectorId"],
  },
  // Nobody has begun anything.
  "routes/connect/callback": { path: at("/connect/google/callback?code=4711&state=made-up"), load: may("nobody", 400) },
  "routes/connect/link": {
    path: at(`/connect/link/${token}`),
    load: may("nobody", 404),
    post: may("nobody", 303),
  },
};
