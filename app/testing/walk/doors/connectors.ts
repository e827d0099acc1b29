import { type Example } from "~/testing/walk/examples";
import { at, may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const connector =
  (rest = "") =>
  ({ slug, connectorId }: Example) =>
    `/${slug}/connectors/${connectorId}${rest}`;
const connection = (rest = "") => connector(`/connection${rest}`);

/** Of no link that was ever made. */
const token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const many = (verb: string): RouteRow => ({
  path: within(`/connectors/${verb}`),
  load: noPage,
  post: may("connectors.manage", 303),
  form: ({ connectorId }) => ({ id: connectorId }),
  ids: ["connectorId"],
});

const one = (verb: string, form?: RouteRow["form"]): RouteRow => ({
  path: connector(`/${verb}`),
  load: noPage,
  post: may("connectors.manage", 303),
  ...(form ? { form } : {}),
  ids: ["connectorId"],
});

export const connectorDoors: Record<string, RouteRow> = {
  "routes/connectors/list": { path: within("/connectors"), load: may("connectors.manage") },
  "routes/connectors/start": many("start"),
  "routes/connectors/pausing": many("pausing"),
  "routes/connectors/resumption": many("resumption"),
  "routes/connectors/catalogue": {
    path: within("/connectors/catalogue?q=contacts&category=contacts"),
    load: may("connectors.manage"),
  },
  "routes/connectors/logo": { path: within("/connectors/logos/google"), load: may("account.read") },
  "routes/connectors/new": {
    path: within("/connectors/new/google"),
    load: may("connectors.manage"),
    // The tests' site is nobody at Google.
    post: may("connectors.manage", 422),
    form: () => ({ name: "Contacts of the office" }),
  },
  "routes/connectors/connector/connector": {
    path: connector(),
    load: may("connectors.manage"),
    ids: ["connectorId"],
  },
  "routes/connectors/connector/settings": {
    path: connector("/settings"),
    load: may("connectors.manage"),
    post: may("connectors.manage", 303),
    form: () => ({ name: "Zymurgy’s other Google", version: "1" }),
    ids: ["connectorId"],
  },
  "routes/connectors/connector/start": one("start", () => ({ mode: "changes" })),
  "routes/connectors/connector/pausing": one("pausing"),
  "routes/connectors/connector/resumption": one("resumption"),
  // It asks nothing.
  "routes/connectors/connector/answer": {
    path: connector("/answer"),
    load: may("connectors.manage", 302),
    post: may("connectors.manage", 303),
    form: () => ({ answer: "leave" }),
    ids: ["connectorId"],
  },
  "routes/connectors/connector/deletion": {
    path: connector("/deletion"),
    load: may("connectors.manage"),
    post: may("connectors.manage", 303),
    form: () => ({ records: "stay" }),
    ids: ["connectorId"],
  },
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
    load: may("nobody", 400),
  },
  "routes/connect/link": {
    path: at(`/connect/link/${token}`),
    load: may("nobody", 404),
    post: may("nobody", 303),
  },
};
