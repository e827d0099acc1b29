import { type Example } from "~/testing/walk/examples";
import { may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const contact = ({ slug, contactId }: Example) => `/${slug}/contacts/${contactId}`;

const contactFields = { kind: "individual", givenName: "Xanthippe", familyName: "Quillfeather", version: "1" };

export const contactsDoors: Record<string, RouteRow> = {
  "routes/contacts/list": {
    path: within("/contacts"),
    load: may("contacts.read"),
    searches: ({ tagId, contactId }) => [
      `tag=${tagId}`,
      `after=${contactId}~1~a`,
      `before=${contactId}~50~zz`,
      `q=${contactId}`,
    ],
    ids: ["tagId", "contactId"],
  },
  "routes/contacts/new": {
    path: within("/contacts/new"),
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => contactFields,
  },
  "routes/contacts/archival-of-many": {
    path: within("/contacts/archival"),
    load: may("contacts.archive"),
    post: may("contacts.archive", 303),
    form: ({ contactId, otherContactId }) => ({ ids: `${contactId},${otherContactId}` }),
    searches: ({ contactId, otherContactId }) => [`id=${contactId}&id=${otherContactId}`, "all=q%3Dquillfeather"],
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/restoration-of-many": {
    path: within("/contacts/restoration"),
    load: noPage,
    post: may("contacts.archive", 303),
    form: ({ archivedContactId }) => ({ id: archivedContactId }),
    ids: ["archivedContactId"],
  },
  "routes/contacts/detail": {
    path: contact,
    load: may("contacts.read"),
    searches: ({ contactId, draftId }) => [`history=${contactId}`, `history=${draftId}`],
    ids: ["contactId"],
  },
  "routes/contacts/edit": {
    path: (example) => `${contact(example)}/edit`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => contactFields,
    ids: ["contactId"],
  },
  "routes/contacts/archival": {
    path: (example) => `${contact(example)}/archival`,
    load: noPage,
    post: may("contacts.archive", 303),
    ids: ["contactId"],
  },
  "routes/contacts/restoration": {
    path: ({ slug, archivedContactId }) => `/${slug}/contacts/${archivedContactId}/restoration`,
    load: noPage,
    post: may("contacts.archive", 303),
    ids: ["archivedContactId"],
  },
  "routes/contacts/unpinning": {
    path: (example) => `${contact(example)}/unpinning/company`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId"],
  },
};
