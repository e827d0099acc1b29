import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow } from "~/testing/walk/route-row";

const page = (rest: string): Pick<RouteRow, "path" | "ids"> => ({
  path: ({ slug, connectorId }: Example) => `/${slug}/connectors/${connectorId}/${rest}`,
  ids: ["connectorId"],
});

const verb = (rest: string): RouteRow => ({
  ...page(rest),
  load: noPage,
  post: may("connectors.manage", 303),
  form: () => ({ version: "1" }),
});

/** Of two who save at once the second is told so. */
const saved = may("connectors.manage", [303, 422]);

/** The steps of setting a connector up. */
export const setUpDoors: Record<string, RouteRow> = {
  "routes/connectors/set-up/fields": {
    ...page("fields?q=zymurgy"),
    load: may("connectors.manage"),
    post: saved,
    form: () => ({ version: "1", "read:contacts": "on", "field:contacts": "names" }),
  },
  "routes/connectors/set-up/fields-narrowing": {
    ...verb("fields/narrowing"),
    form: () => ({ version: "1", q: "zymurgy", "read:contacts": "on", "field:contacts": "names" }),
  },
  "routes/connectors/set-up/fields-discarding": verb("fields/discarding"),
  // Nothing is stored that could be erased.
  "routes/connectors/set-up/fields-removal": {
    ...page("fields/removal"),
    load: may("connectors.manage", 302),
    post: may("connectors.manage", 303),
    form: () => ({ version: "1" }),
  },
  "routes/connectors/set-up/mapping": {
    ...page("mapping"),
    load: may("connectors.manage"),
    post: saved,
    form: () => ({ version: "1", "column:contacts": "names.given", "goes:contacts": "givenName" }),
  },
  "routes/connectors/set-up/rules": {
    ...page("rules"),
    load: may("connectors.manage"),
    post: saved,
    form: () => ({ version: "1", what: "both", match: "automatic", askShare: "20", askAtLeast: "3" }),
  },
  "routes/connectors/set-up/trial": {
    ...page("trial"),
    load: may("connectors.manage"),
    post: may("connectors.manage", 303),
    form: () => ({}),
  },
  "routes/connectors/set-up/trial-cancellation": verb("trial/cancellation"),
  "routes/connectors/set-up/switching-on": verb("switching-on"),
};
