import { type Example } from "~/testing/walk/examples";
import { at, may, noPage, type RouteRow } from "~/testing/walk/route-row";

/** An order and a purchase of the example's shop. */
const order = `/orders/${encodeURIComponent("0:gid://shopify/Order/4507894690001")}`;
const row = "/rows/row-2";

const of =
  (rest: string) =>
  ({ slug, reconciliationId }: Example) =>
    `/${slug}/reconciliations/${reconciliationId}${rest}`;

const read = (rest: string): RouteRow => ({
  path: of(rest),
  load: may("reconciliations.read"),
  searches: ({ comparisonId }) => [`run=${comparisonId}`],
  ids: ["reconciliationId", "comparisonId"],
});

const decide = (rest: string, form: Record<string, string>): RouteRow => ({
  path: of(rest),
  load: may("reconciliations.write"),
  post: may("reconciliations.write", 303),
  form: () => form,
  ids: ["reconciliationId"],
});

export const resultDoors: Record<string, RouteRow> = {
  "routes/reconciliations/results/summary": read(""),
  "routes/reconciliations/results/findings": read("/findings"),
  "routes/reconciliations/results/findings-file": read("/findings/findings.json"),
  "routes/reconciliations/results/gaps": read("/gaps"),
  "routes/reconciliations/results/trend": read("/trend"),
  "routes/reconciliations/report/report": read("/report"),
  "routes/reconciliations/report/recipients": {
    path: of("/report/recipients"),
    load: may("reconciliations.write"),
    post: may("reconciliations.write", 303),
    form: () => ({ intent: "add", name: "Mary Quillfeather", email: "mary@zymurgy.example", often: "month" }),
    searches: ({ comparisonId }) => [`run=${comparisonId}`],
    ids: ["reconciliationId", "comparisonId"],
  },
  "routes/report/report": { path: at("/report/none"), load: may("nobody", 404) },
  "routes/reconciliations/report/report-file": read("/report/report.json"),
  "routes/reconciliations/results/order": read(order),
  "routes/reconciliations/results/match": decide(`${order}/match`, { row: "row-2" }),
  "routes/reconciliations/results/unmatch": decide(`${order}/unmatch?row=row-2`, { row: "row-2" }),
  "routes/reconciliations/results/order-aside": decide(`${order}/aside`, { reason: "Ordered by the shop itself" }),
  "routes/reconciliations/results/row": read(row),
  "routes/reconciliations/results/row-aside": decide(`${row}/aside`, { reason: "A test of the tag" }),
  "routes/reconciliations/results/annotation": decide("/trend/annotation", {
    ...{ day: "2026-05-01", text: "A new cookie banner" },
  }),
  "routes/reconciliations/results/annotation-removal": {
    path: ({ slug, reconciliationId, annotationId }) =>
      `/${slug}/reconciliations/${reconciliationId}/annotations/${annotationId}/removal`,
    load: noPage,
    post: may("reconciliations.write", 303),
    ids: ["reconciliationId", "annotationId"],
  },
  "routes/reconciliations/results/withdrawal": {
    path: ({ slug, reconciliationId, decisionId }) =>
      `/${slug}/reconciliations/${reconciliationId}/decisions/${decisionId}/withdrawal`,
    load: noPage,
    post: may("reconciliations.write", 303),
    ids: ["reconciliationId", "decisionId"],
  },
};
