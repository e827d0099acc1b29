import { providers } from "~/features/connectors/registry.server";
import { type Example } from "~/testing/walk/examples";
import { at, may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const connection =
  (rest = "") =>
  ({ slug, connectorId }: Example) =>
    `/${slug}/connectors/${connectorId}/connection${rest}`;

/** Of no link that was ever made. */
const token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** Of a provider that the catalogue does not have there is only what was read. */
const offered = (status = 200) => may("connectors.manage", providers.has("google") ? status : 404);

export const connectorDoors: Record<string, RouteRow> = {
  "routes/connectors/connection/connection": {
    path: connection(),
    load: may("connectors.manage"),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/begin": {
    path: connection("/begin"),
    load: offered(),
    // The tests' site is nobody at Google.
    post: offered(422),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/link": {
    path: connection("/link"),
    load: offered(),
    post: offered(201),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/testing": {
    path: connection("/testing"),
    load: noPage,
    post: offered(303),
    ids: ["connectorId"],
  },
  "routes/connectors/connection/disconnection": {
    path: connection("/disconnection"),
    load: offered(),
    post: offered(303),
    ids: ["connectorId"],
  },
  "routes/connectors/schedule/schedule": {
    path: ({ slug, connectorId }) => `/${slug}/connectors/${connectorId}/schedule`,
    load: may("connectors.manage"),
    // Made by one command and connected by another, neither of which is a change of its settings.
    post: may("connectors.manage", 303),
    form: () => ({ every: "weekdays", time: "07:30", version: "1" }),
    ids: ["connectorId"],
  },
  "routes/connectors/statistics": {
    path: ({ slug, connectorId }) => `/${slug}/connectors/${connectorId}/statistics`,
    load: may("connectors.manage"),
    ids: ["connectorId"],
  },
  "routes/runs/list": {
    path: within("/runs"),
    load: may("work.read"),
    searches: ({ connectorId }) => [`of=${connectorId}`, "state=failed&from=2026-01-01&until=2026-12-31"],
    ids: ["connectorId"],
  },
  "routes/connectors/schedule/schedules": {
    path: ({ slug }) => `/${slug}/connectors/schedule`,
    load: may("connectors.manage"),
    post: may("connectors.manage", 303),
    form: ({ connectorId }) => ({ id: connectorId, every: "day", time: "07:30" }),
    searches: ({ connectorId }) => [`id=${connectorId}`],
    ids: ["connectorId"],
  },
  "routes/settings/alerts/alerts": {
    path: within("/settings/alerts"),
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: () => ({ address: "https://hooks.slack.com/services/T012/B012/zymurgy" }),
  },
  "routes/settings/alerts/testing": {
    path: within("/settings/alerts/testing"),
    load: noPage,
    // Nothing leaves the tests' site: where there is an address, it is not asked for by name servers here.
    post: may("settings.manage", 303),
  },
  "routes/settings/alerts/removal": {
    path: within("/settings/alerts/removal"),
    load: noPage,
    post: may("settings.manage", 303),
  },
  // The tests' site has no secret for it.
  "routes/api/cron": { path: at("/api/cron"), load: noPage, post: may("nobody", 404) },
  // Nobody has begun anything.
  "routes/connect/callback": {
    path: at("/connect/google/callback?code=4711&state=made-up"),
    load: may("nobody", providers.has("google") ? 400 : 404),
  },
  "routes/connect/link": {
    path: at(`/connect/link/${token}`),
    load: may("nobody", 404),
    post: may("nobody", 303),
  },
};
