import { index, prefix, route, type RouteConfig } from "@remix-run/route-config";

/** The map of the site: every URL, in reading order. */
export default [
  index("routes/welcome.tsx"),
  route("set-up", "routes/set-up/first-run.tsx"),
  ...prefix("sign-in", [
    index("routes/sign-in/password.tsx"),
    route("code", "routes/sign-in/second-factor.tsx"),
    route("recovery", "routes/sign-in/recovery.tsx"),
    route("authenticator", "routes/sign-in/authenticator.tsx"),
  ]),
  route("sign-out", "routes/sign-in/sign-out.ts"),
  ...prefix("person", [
    index("routes/person/profile.tsx"),
    route("password", "routes/person/password.tsx"),
    route("authenticator", "routes/person/authenticator.tsx"),
    route("authenticator/new", "routes/person/new-authenticator.tsx"),
    route("recovery-codes", "routes/person/recovery-codes.tsx"),
    route("recovery-codes/renewal", "routes/person/renew-recovery-codes.tsx"),
    route("sessions/end", "routes/person/end-sessions.tsx"),
  ]),
  route("operator", "routes/operator/accounts.tsx"),
  route(":account", "routes/account.tsx", [
    index("routes/home.tsx"),
    ...prefix("contacts", [
      index("routes/contacts/list.tsx"),
      route("new", "routes/contacts/new.tsx"),
      route("archival", "routes/contacts/archival-of-many.tsx"),
      route("archival/:changeSetId/undo", "routes/contacts/archival-undo.ts"),
      route("restoration", "routes/contacts/restoration-of-many.ts"),
      route("import", "routes/import/upload.tsx"),
      route(":contactId", "routes/contacts/detail.tsx"),
      route(":contactId/edit", "routes/contacts/edit.tsx"),
      route(":contactId/archival", "routes/contacts/archival.ts"),
      route(":contactId/restoration", "routes/contacts/restoration.ts"),
      route(":contactId/unpinning/:field", "routes/contacts/unpinning.ts"),
      route(":contactId/relationships/new", "routes/contacts/new-relationship.tsx"),
      route(":contactId/relationships/:relationshipId/removal", "routes/contacts/relationship-removal.ts"),
    ]),
    ...prefix("imports", [
      index("routes/import/list.tsx"),
      route(":runId", "routes/import/run.tsx"),
      route(":runId/columns", "routes/import/columns.tsx"),
      route(":runId/check", "routes/import/check.tsx"),
      route(":runId/start", "routes/import/start.ts"),
      route(":runId/discarding", "routes/import/discarding.ts"),
      route(":runId/cancellation", "routes/import/cancellation.ts"),
      route(":runId/refused-rows.csv", "routes/import/refused-rows.ts"),
    ]),
    route("work", "routes/work/list.tsx"),
    route("settings", "routes/settings/settings.tsx"),
  ]),
] satisfies RouteConfig;
