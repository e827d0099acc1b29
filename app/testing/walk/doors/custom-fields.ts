import { newId } from "~/platform/ids.server";
import { type Example } from "~/testing/walk/examples";
import { may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const field = ({ slug, fieldId }: Example) => `/${slug}/settings/fields/${fieldId}`;

/** A verb about one of the account's own fields. */
const fieldVerb = (verb: string, form?: Record<string, string>): RouteRow => ({
  path: (example) => `${field(example)}/${verb}`,
  load: noPage,
  post: may("settings.manage", 303),
  ...(form ? { form: () => form } : {}),
  ids: ["fieldId"],
});

export const customFieldDoors: Record<string, RouteRow> = {
  "routes/settings/fields/list": { path: within("/settings/fields"), load: may("settings.manage") },
  "routes/settings/fields/new": {
    path: within("/settings/fields/new"),
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: () => ({ name: `Zymurgy ${newId().slice(-8)}`, type: "number" }),
  },
  "routes/settings/fields/field": {
    path: field,
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: () => ({ name: "Zymurgy level", type: "text", hint: "Zymurgy" }),
    ids: ["fieldId"],
  },
  "routes/settings/fields/place": fieldVerb("place", { direction: "up" }),
  "routes/settings/fields/retirement": fieldVerb("retirement"),
  "routes/settings/fields/return": fieldVerb("return"),
};
