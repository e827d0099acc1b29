import { type Example } from "~/testing/walk/examples";
import { may, type RouteRow, within } from "~/testing/walk/route-row";

const one =
  (rest = "") =>
  ({ slug, reconciliationId }: Example) =>
    `/${slug}/reconciliations/${reconciliationId}${rest}`;

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
  "routes/reconciliations/set-up/sources": step("sources", sources),
};
