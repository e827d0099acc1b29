import { may, noPage, type RouteRow, within } from "~/testing/walk/route-row";

export const suppressionDoors: Record<string, RouteRow> = {
  "routes/suppressions/list": { path: within("/suppressions?q=quillfeather"), load: may("suppressions.read") },
  "routes/suppressions/new": {
    path: within("/suppressions/new"),
    load: may("suppressions.add"),
    post: may("suppressions.add", [303]),
    form: () => ({ channel: "phone", value: "020 7946 0199", reason: "complained", note: "Zymurgy" }),
  },
  "routes/suppressions/export": {
    path: within("/suppressions/export"),
    load: noPage,
    post: may("contacts.export", 200),
  },
  "routes/suppressions/entry": {
    path: ({ slug, suppressionId }) => `/${slug}/suppressions/${suppressionId}`,
    load: may("suppressions.read"),
    ids: ["suppressionId"],
  },
  "routes/suppressions/lifting": {
    path: ({ slug, suppressionId }) => `/${slug}/suppressions/${suppressionId}/lifting`,
    load: may("suppressions.manage"),
    post: may("suppressions.manage", [303]),
    form: () => ({ reason: "They wrote again" }),
    ids: ["suppressionId"],
  },
};
