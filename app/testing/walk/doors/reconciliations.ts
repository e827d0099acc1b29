import { csv, type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

const one =
  (rest = "") =>
  ({ slug, reconciliationId }: Example) =>
    `/${slug}/reconciliations/${reconciliationId}${rest}`;

const run =
  (rest = "") =>
  ({ slug, reconciliationId, comparisonId }: Example) =>
    `/${slug}/reconciliations/${reconciliationId}/runs/${comparisonId}${rest}`;
const ofRun = ["reconciliationId", "comparisonId"] as const;

const audit =
  (rest: string) =>
  ({ slug, auditId }: Example) =>
    `/${slug}/reconciliations/${auditId}${rest}`;

const sources = { name: "Zymurgy’s shop", orders: "file", analytics: "file" };

/** A step of the set-up of one that is set up: it leads back to its page. */
const step = (path: string, form: Record<string, string>): RouteRow => ({
  path: one(`/${path}`),
  load: may("reconciliations.write"),
  post: may("reconciliations.write", 303),
  form: () => ({ ...form, version: "1" }),
  ids: ["reconciliationId"],
});

export const reconciliationDoors: Record<string, RouteRow> = {
  "routes/reconciliations/list": { path: within("/reconciliations"), load: may("reconciliations.read") },
  "routes/reconciliations/new": {
    path: within("/reconciliations/new"),
    load: may("reconciliations.write"),
    post: may("reconciliations.write", 303),
    form: () => sources,
  },
  "routes/reconciliations/audit/begin": {
    path: within("/reconciliations/audit"),
    load: may("reconciliations.write"),
    // Its fields are others than those of one file.
    post: may("reconciliations.write", 422),
    upload: csv,
  },
  "routes/reconciliations/audit/files": { path: audit("/files"), load: may("reconciliations.read"), ids: ["auditId"] },
  "routes/reconciliations/audit/columns": {
    path: audit("/files/transactions"),
    load: may("reconciliations.write"),
    post: may("reconciliations.write", 422),
    form: () => ({ column: "", currency: "", decimalMark: "" }),
    ids: ["auditId"],
  },
  "routes/reconciliations/audit/refused": {
    path: audit("/files/orders/refused.csv"),
    load: may("reconciliations.read"),
    ids: ["auditId"],
  },
  "routes/reconciliations/audit/saving": {
    path: audit("/saving"),
    load: noPage,
    post: may("reconciliations.write", 303),
    ids: ["auditId"],
  },
  "routes/reconciliations/set-up/sources": step("sources", sources),
  "routes/reconciliations/set-up/time-and-money": step("time-and-money", {
    ...{ timeZone: "Europe/London", basis: "total", absolute: "0", relative: "0" },
  }),
  "routes/reconciliations/set-up/ids": step("ids", { scheme: "name" }),
  "routes/reconciliations/set-up/left-out": step("left-out", {
    ...{ channels: "pos", waitingHours: "72", startDay: "2026-01-01" },
  }),
  "routes/reconciliations/set-up/schedule": step("schedule", { every: "day", time: "07:30" }),
  "routes/reconciliations/deletion": {
    path: one("/deletion"),
    load: may("reconciliations.write"),
    post: may("reconciliations.write", 303),
    ids: ["reconciliationId"],
  },
  "routes/reconciliations/return": {
    path: ({ slug, deletedReconciliationId }) => `/${slug}/reconciliations/${deletedReconciliationId}/return`,
    load: noPage,
    post: may("reconciliations.write", 303),
    ids: ["deletedReconciliationId"],
  },
  "routes/reconciliations/runs/runs": {
    path: one("/runs"),
    load: may("reconciliations.read"),
    post: may("reconciliations.write", 303),
    form: () => ({ firstDay: "", lastDay: "" }),
    ids: ["reconciliationId"],
    searches: ({ comparisonId }) => [`before=${comparisonId}`],
  },
  "routes/reconciliations/runs/run": { path: run(), load: may("reconciliations.read"), ids: ofRun },
  "routes/reconciliations/runs/cancellation": {
    path: run("/cancellation"),
    load: noPage,
    post: may("reconciliations.write", 303),
    ids: ofRun,
  },
  "routes/reconciliations/runs/figures": {
    path: run("/figures.json"),
    load: may("reconciliations.read"),
    ids: ofRun,
  },
};
