/**
 * Who may import whom: each line names a part of the house and the parts it may use, everything else of ours is
 * forbidden. Packages are not its subject, except for migrations and the browser's half. Read it top down.
 */
const features = (...names) => names.map((name) => `^app/features/${name}/`);
const platform = "^app/platform/";
const ui = "^app/ui/";
const http = "^app/http/";
/** Shared by every page and by the server in front: what a route may say of itself, error pages, facts of the response. */
const pages = "^app/(route-handle|page-facts|error-page|flash-banner)\\.tsx?$";

const ours = "^(app|jobs|scripts|migrations|sandbox|e2e)/|^server\\.ts$";
const tests = "\\.test\\.tsx?$|^app/testing/|^e2e/";

/** from → to. A part may always use itself. */
const mayUse = [
  ["server", "^server\\.ts$", ["^jobs/", "^app/entry\\.server\\.tsx$", http, platform]],
  ["entry-and-root", "^app/(entry\\.server|root)\\.tsx$", [http, pages, platform, "^app/app\\.css$", ui]],
  ["pages", pages, [ui, pages, "^app/root\\.tsx$"]],
  ["site-map", "^app/routes\\.ts$", []],
  // Where no worker runs, this one does its work.
  ["cron-address", "^app/routes/api/cron\\.ts$", ["^jobs/", "^app/features/", http, platform]],
  [
    "routes",
    "^app/routes/(?!api/cron\\.ts$)",
    ["^app/routes/", "^app/composition\\.server\\.ts$", "^app/features/", http, pages, platform, ui],
  ],
  ["jobs", "^jobs/", ["^jobs/", "^app/composition\\.server\\.ts$", "^app/features/", platform]],
  ["composition", "^app/composition\\.server\\.ts$", ["^app/features/", platform]],
  [
    "scripts",
    "^scripts/",
    // The bench measures whole pages, so it comes in by the front door.
    [
      "^scripts/",
      "^sandbox/",
      "^jobs/",
      "^app/composition\\.server\\.ts$",
      "^app/features/",
      "^app/testing/",
      http,
      platform,
    ],
  ],
  ["http", http, [http, pages, ...features("accounts", "sign-in"), platform]],
  ["ui", ui, [ui, "^app/platform/(money|time)\\.ts$"]],
  ["platform", platform, [platform, "^migrations/"]],
  ["migrations", "^migrations/", []],
  ["sandbox", "^sandbox/", ["^sandbox/"]],

  ["changes", "^app/features/changes/", features("changes")],
  ["audit", "^app/features/audit/", features("audit")],
  ["notices", "^app/features/notices/", features("notices")],
  ["accounts", "^app/features/accounts/", features("accounts", "audit", "notices")],
  ["sign-in", "^app/features/sign-in/", features("sign-in", "accounts", "audit", "notices")],
  [
    "contacts",
    "^app/features/contacts/",
    [...features("contacts", "changes", "audit", "notices"), "^app/features/pipeline/subject"],
  ],
  ["campaigns", "^app/features/campaigns/", features("campaigns", "contacts", "changes", "audit", "notices")],
  ["pipeline", "^app/features/pipeline/", features("pipeline", "changes", "audit", "notices")],
  ["connectors", "^app/features/connectors/(?!providers/)", features("connectors", "pipeline", "audit", "notices")],
  ["matching", "^app/features/matching/", features("matching", "contacts", "pipeline", "changes", "audit")],
  [
    "reconciliation",
    "^app/features/reconciliation/",
    features("reconciliation", "connectors", "pipeline", "changes", "audit", "notices"),
  ],
].map(([name, from, to]) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: { path: ours, pathNot: from.startsWith("^app/features/") ? [...to, platform, ui] : to },
}));

module.exports = {
  forbidden: [
    ...mayUse,
    {
      name: "features-show-through-tsx-only",
      comment: "Rules and queries know nothing of how things look.",
      severity: "error",
      from: { path: "^app/features/.*\\.ts$", pathNot: tests },
      to: { path: ui, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "a-provider-stands-alone",
      comment: "No database, no queue, no other provider.",
      severity: "error",
      from: { path: "^app/features/connectors/providers/([^/]+)/", pathNot: tests },
      to: {
        path: ours,
        pathNot: ["^app/features/connectors/(providers/$1/|connector\\.ts$|reading/)"],
      },
    },
    {
      name: "only-the-registry-names-providers",
      severity: "error",
      from: { path: ours, pathNot: ["^app/features/connectors/(registry\\.server\\.ts$|providers/)", tests] },
      to: { path: "^app/features/connectors/providers/" },
    },
    {
      name: "migrations-use-kysely-only",
      comment: "They are frozen: what they import may never change under them.",
      severity: "error",
      from: { path: "^migrations/", pathNot: tests },
      to: { pathNot: ["^node_modules/kysely/", "^migrations/"] },
    },
    {
      name: "nothing-ships-with-tests",
      severity: "error",
      from: { path: "^(app|jobs|server\\.ts)", pathNot: tests },
      to: { path: "^app/testing/|\\.test\\.tsx?$|^e2e/" },
    },
    {
      name: "no-circles",
      comment: "Types may point both ways; running code may not.",
      severity: "error",
      from: { path: ours },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "pre-compilation-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: "^build/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
