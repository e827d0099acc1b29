import { may, noPage, type RouteRow } from "~/testing/walk/route-row";

const ofBulk =
  (rest = "") =>
  ({ slug, bulkId }: { slug: string; bulkId: string }) =>
    `/${slug}/contacts/bulk/${bulkId}${rest}`;

/** One is there for whoever asked for it, and for nobody else of the same account. */
export const bulkDoors: Record<string, RouteRow> = {
  "routes/contacts/bulk/ask": {
    path: ({ slug, contactId, otherContactId }) => `/${slug}/contacts/bulk?id=${contactId}&id=${otherContactId}`,
    load: may("contacts.write"),
    post: may("contacts.write", [303, 422]),
    form: ({ slug }) => ({
      ...{ what: "tag", tags: `Zymurgy ${slug}`, company: "", jobTitle: "", kind: "", language: "", timeZone: "" },
      ...{ notes: "", owner: "", reason: "" },
    }),
    searches: ({ contactId }) => [`id=${contactId}`, "all=q%3Dquillfeather"],
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/bulk/edit": { path: ofBulk(), load: may("contacts.write", [200, 404]), ids: ["bulkId"] },
  "routes/contacts/bulk/start": {
    path: ofBulk("/start"),
    load: noPage,
    post: may("contacts.write", [303, 404]),
    ids: ["bulkId"],
  },
  "routes/contacts/bulk/cancellation": {
    path: ofBulk("/cancellation"),
    load: noPage,
    post: may("contacts.write", [303, 404]),
    ids: ["bulkId"],
  },
};
