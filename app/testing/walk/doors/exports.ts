import { may, type RouteRow, within } from "~/testing/walk/route-row";

export const exportDoors: Record<string, RouteRow> = {
  "routes/exports/new": {
    path: within("/contacts/export"),
    load: may("contacts.export"),
    post: may("contacts.export", 303),
    form: () => ({ format: "csv", columns: "view" }),
    searches: ({ tagId, contactId }) => [`tag=${tagId}`, `after=${contactId}~1~a`],
    ids: ["tagId", "contactId"],
  },
  "routes/exports/list": { path: within("/exports"), load: may("contacts.export") },
  // The link is signed for one person: unsigned it leads back to the list, whoever comes.
  "routes/exports/file": {
    path: ({ slug, exportId }) => `/${slug}/exports/${exportId}/file`,
    load: may("contacts.export", [303, 404]),
    ids: ["exportId"],
  },
};
