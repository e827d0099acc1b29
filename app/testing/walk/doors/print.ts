import { type Example } from "~/testing/walk/examples";
import { may, type RouteRow, within } from "~/testing/walk/route-row";

const of = (rest: string): RouteRow => ({
  path: ({ slug, contactId }: Example) => `/${slug}/contacts/${contactId}/${rest}`,
  load: may("contacts.read"),
  ids: ["contactId"],
});

export const printDoors: Record<string, RouteRow> = {
  "routes/contacts/print/list-pdf": {
    path: within("/contacts/list.pdf"),
    load: may("contacts.read"),
    // What is looked for stands in the file, packed: it cannot be left out of the comparison.
    searches: ({ tagId, contactId }) => [`tag=${tagId}`, `after=${contactId}~1~a`],
    ids: ["tagId", "contactId"],
  },
  "routes/contacts/print/sheet": of("sheet"),
  "routes/contacts/print/sheet-pdf": of("sheet.pdf"),
  "routes/contacts/print/contact-vcard": of("contact.vcf"),
  "routes/contacts/print/qr": of("qr"),
  "routes/contacts/print/envelope": of("envelope"),
  "routes/contacts/print/envelope-pdf": of("envelope.pdf"),
};
