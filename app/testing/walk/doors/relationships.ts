import { type Example } from "~/testing/walk/examples";
import { may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const contact = ({ slug, contactId }: Example) => `/${slug}/contacts/${contactId}`;
const relationship = (example: Example) => `${contact(example)}/relationships/${example.relationshipId}`;
const type = ({ slug, typeId }: Example) => `/${slug}/settings/relationship-types/${typeId}`;
const readings = ({ typeId }: Example) => ({
  reads: `is guarantor for ${typeId.slice(-6)}`,
  readsBack: `has as guarantor ${typeId.slice(-6)}`,
});

/** A verb about one of the account's own types. */
const typeVerb = (verb: string): RouteRow => ({
  path: (example) => `${type(example)}/${verb}`,
  load: noPage,
  post: may("settings.manage", 303),
  ids: ["typeId"],
});

export const relationshipDoors: Record<string, RouteRow> = {
  "routes/contacts/new-relationship": {
    path: (example) => `${contact(example)}/relationships/new`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: ({ otherContactId }) => ({ how: "manages", otherId: otherContactId, since: "1 March 2024" }),
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/edit-relationship": {
    path: (example) => `${relationship(example)}/edit`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: ({ contactId, otherContactId }) => ({
      how: "manages",
      original: JSON.stringify([contactId, otherContactId, "works-for", null, null, "Zymurgy"]),
    }),
    ids: ["contactId", "relationshipId"],
  },
  "routes/contacts/relationship-removal": {
    path: (example) => `${relationship(example)}/removal`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId", "relationshipId"],
  },
  "routes/settings/relationship-types": {
    path: within("/settings/relationship-types"),
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: readings,
  },
  "routes/settings/relationship-type": {
    path: type,
    load: may("settings.manage"),
    post: may("settings.manage", 303),
    form: readings,
    ids: ["typeId"],
  },
  "routes/settings/relationship-type-retirement": typeVerb("retirement"),
  "routes/settings/relationship-type-return": typeVerb("return"),
  "routes/settings/relationship-type-removal": typeVerb("removal"),
};
