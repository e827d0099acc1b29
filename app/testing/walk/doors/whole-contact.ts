import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow } from "~/testing/walk/route-row";

const contact = ({ slug, contactId }: Example) => `/${slug}/contacts/${contactId}`;

export const wholeContactDoors: Record<string, RouteRow> = {
  "routes/contacts/do-not-contact": {
    path: (example) => `${contact(example)}/do-not-contact`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => ({ channel: "phone", reason: "asked by phone" }),
    ids: ["contactId"],
  },
  "routes/contacts/mark-lifting": {
    path: (example) => `${contact(example)}/do-not-contact/${example.markId}/lifting`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    ids: ["contactId", "markId"],
  },
  "routes/contacts/new-estate": {
    path: (example) => `${contact(example)}/estate`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => ({ diedOn: "11 February 2026", executorId: "", executorName: "Ben Okafor" }),
    ids: ["contactId"],
  },
  "routes/contacts/new-housemate": {
    path: (example) => `${contact(example)}/household`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: ({ otherContactId }) => ({ otherId: otherContactId }),
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/household-joining": {
    path: (example) => `${contact(example)}/household/${example.otherContactId}/joining`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/household-separation": {
    path: (example) => `${contact(example)}/household/${example.otherContactId}/separation`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId", "otherContactId"],
  },
};
