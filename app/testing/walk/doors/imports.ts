import { csv, type Example } from "~/testing/walk/examples";
import { may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const run = (id: "draftId" | "queuedId" | "doneId", rest = "") => {
  return (example: Example) => `/${example.slug}/imports/${example[id]}${rest}`;
};

export const importsDoors: Record<string, RouteRow> = {
  "routes/import/upload": {
    path: within("/contacts/import"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    upload: csv,
  },
  "routes/import/list": { path: within("/imports"), load: may("work.read") },
  "routes/import/run": { path: run("doneId"), load: may("work.read"), ids: ["doneId"] },
  "routes/import/columns": {
    path: run("draftId", "/columns"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    form: () => ({ encoding: "utf-8", delimiter: "semicolon", hasHeader: "on", phoneCountry: "GB", column: "name" }),
    ids: ["draftId"],
  },
  "routes/import/check": {
    path: run("draftId", "/check"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    form: () => ({ confirmed: "1-1-0" }),
    ids: ["draftId"],
  },
  "routes/import/trial": {
    path: run("draftId", "/trial"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/rules": {
    path: run("draftId", "/rules"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    form: () => ({ what: "create", match: "automatic" }),
    ids: ["draftId"],
  },
  "routes/import/start": {
    path: run("draftId", "/start"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/forgetting": {
    path: run("draftId", "/forgetting"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/discarding": {
    path: run("draftId", "/discarding"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/cancellation": {
    path: run("queuedId", "/cancellation"),
    load: may("work.cancel", 405),
    post: may("work.cancel", 303),
    ids: ["queuedId"],
  },
  // The import of a file is not begun again so.
  "routes/import/repetition": {
    path: run("queuedId", "/repetition"),
    load: noPage,
    post: may("connectors.manage", 303),
    ids: ["queuedId"],
  },
  "routes/settings/import-rules": { path: within("/settings/import-rules"), load: may("settings.manage") },
  "routes/settings/new-import-rule": {
    path: within("/settings/import-rules/new/list"),
    load: may("settings.manage"),
    post: may("settings.manage", 422),
    form: () => ({ field: "country", values: "" }),
  },
  "routes/settings/import-rule": {
    path: ({ slug, ruleId }) => `/${slug}/settings/import-rules/${ruleId}`,
    load: may("settings.manage"),
    post: may("settings.manage", 422),
    form: () => ({ field: "" }),
    ids: ["ruleId"],
  },
  "routes/settings/import-rule-removal": {
    path: ({ slug, ruleId }) => `/${slug}/settings/import-rules/${ruleId}/removal`,
    load: noPage,
    post: may("settings.manage", 303),
    ids: ["ruleId"],
  },
  "routes/import/refused-leaving": {
    path: run("doneId", "/refused-leaving"),
    load: may("contacts.import", 405),
    post: may("contacts.import", [303, 404]),
    ids: ["doneId"],
  },
  "routes/import/refused-taking-up": {
    path: run("doneId", "/refused-taking-up"),
    load: may("contacts.import", 405),
    post: may("contacts.import", [303, 404]),
    ids: ["doneId"],
  },
  "routes/import/refused-workbook": {
    path: run("doneId", "/refused-rows.xlsx"),
    load: may("contacts.import"),
    ids: ["doneId"],
  },
  "routes/import/refused-rows": {
    path: run("doneId", "/refused-rows.csv"),
    load: may("contacts.import"),
    ids: ["doneId"],
  },
};
