import { type Example } from "~/testing/walk/examples";
import { may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const chosen = ({ contactId, otherContactId }: Example) => [contactId, otherContactId];

/** What is deleted, undone and told of what was before. */
export const deletionDoors: Record<string, RouteRow> = {
  "routes/contacts/deletion": {
    path: within("/contacts/deletion"),
    load: may("contacts.archive"),
    post: may("contacts.archive", 303),
    form: (example) => ({ ids: chosen(example).join(",") }),
    searches: (example) => [
      chosen(example)
        .map((id) => `id=${id}`)
        .join("&"),
      "all=q%3Dquillfeather",
    ],
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/deleted": {
    path: within("/contacts/deleted"),
    load: may("contacts.archive"),
    searches: ({ deletedContactId }) => [`before=2126-01-01T00:00:00.000Z~${deletedContactId}`],
    ids: ["deletedContactId"],
  },
  "routes/contacts/return-of-deleted": {
    path: within("/contacts/deleted/return"),
    load: noPage,
    post: may("contacts.archive", 303),
    form: ({ deletedContactId }) => ({ id: deletedContactId }),
    ids: ["deletedContactId"],
  },
  "routes/contacts/history": {
    path: ({ slug, contactId }) => `/${slug}/contacts/${contactId}/history`,
    load: may("contacts.read"),
    post: may("contacts.write", 303),
    form: ({ createdId }) => ({ entry: `${createdId}~0`, side: "after", field: "notes" }),
    searches: ({ createdId, contactId }) => [`before=${createdId}~1`, `before=${contactId}~0`],
    ids: ["contactId"],
  },
  "routes/changes/list": { path: within("/changes"), load: may("contacts.read") },
  "routes/changes/detail": {
    path: ({ slug, archivalId }) => `/${slug}/changes/${archivalId}`,
    load: may("contacts.read"),
    ids: ["archivalId"],
  },
  "routes/changes/undo": {
    path: ({ slug, archivalId }) => `/${slug}/changes/${archivalId}/undo`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["archivalId"],
  },
  "routes/changes/undo-rest": {
    path: ({ slug, archivalId }) => `/${slug}/changes/${archivalId}/undo/rest`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["archivalId"],
  },
  "routes/changes/undo-stop": {
    path: ({ slug, archivalId }) => `/${slug}/changes/${archivalId}/undo/stop`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["archivalId"],
  },
};
