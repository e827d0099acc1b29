import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

/** Whoever did not make the example's view may see it, and change it only as an administrator. */
const ofView =
  (rest = "") =>
  ({ slug, viewId }: { slug: string; viewId: string }) =>
    `/${slug}/contacts/views/${viewId}${rest}`;

export const viewDoors: Record<string, RouteRow> = {
  "routes/contacts/views/list": { path: within("/contacts/views"), load: may("contacts.read") },
  "routes/contacts/views/new": {
    path: within("/contacts/views/new?q=quillfeather"),
    load: may("contacts.read"),
    post: may("contacts.read", [303, 422]),
    form: ({ viewId }) => ({ name: `Mine ${viewId}`, seenBy: "me" }),
    searches: ({ tagId, viewId }) => [`tag=${tagId}&view=${viewId}`],
    ids: ["viewId"],
  },
  "routes/contacts/views/view": {
    path: ofView(),
    load: may("contacts.read"),
    post: may("contacts.read", [303, 404]),
    form: ({ viewId }) => ({ name: `Ours ${viewId}`, seenBy: "everybody" }),
    ids: ["viewId"],
  },
  "routes/contacts/views/saving": {
    path: ofView("/saving"),
    load: noPage,
    post: may("contacts.read", [303, 404]),
    form: () => ({ query: "?kind=business" }),
    ids: ["viewId"],
  },
  "routes/contacts/views/deletion": {
    path: ofView("/deletion"),
    load: noPage,
    post: may("contacts.read", [303, 404]),
    ids: ["viewId"],
  },
  "routes/contacts/views/return": {
    path: ofView("/return"),
    load: noPage,
    post: may("contacts.read", [303, 404]),
    ids: ["viewId"],
  },
};
