import { readView } from "~/features/contacts/list/contact-list";
import { findEnvelope } from "~/features/contacts/print/find-envelope.server";
import { findSheet } from "~/features/contacts/print/find-sheet.server";
import { contactListPdf } from "~/features/contacts/print/list-pdf.server";
import { textOfPdf } from "~/testing/text-of-pdf";
import { type QueryTable } from "~/testing/walk/query-shape";

export const printQueries: QueryTable = {
  "features/contacts/print/find-sheet": {
    findSheet: [(theirs, ours) => findSheet(theirs, ours.contactId), null],
  },
  "features/contacts/print/find-envelope": {
    findEnvelope: [(theirs, ours) => findEnvelope(theirs, ours.contactId, new URLSearchParams()), null],
  },
  "features/contacts/print/list-pdf": {
    contactListPdf: [
      async (theirs) => {
        const found = await contactListPdf(theirs, readView(new URLSearchParams("q=quillfeather")));
        return /Quillfeather|Zymurgy/.test(await textOfPdf(found));
      },
      false,
    ],
  },
};
