import { type BuiltInSort, type ContactListView, COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { countLine } from "~/features/contacts/list/count-line";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { isCustomField } from "~/features/contacts/contact";
import { type FieldDefinition, inUse, nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { columnName, type ContactColumn, usualColumns } from "~/features/contacts/list/list-columns";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { type ListedContact } from "~/features/contacts/list/list-row.server";
import { cellText, type CellPlace } from "~/features/contacts/print/list-cells";
import { A4, A4_ACROSS, type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { drawTable, type PdfColumn } from "~/platform/pdf/table.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, type Place } from "~/platform/time";

/** As many as one list on paper has: some five hundred pages. */
export const MOST_LISTED = COUNT_LIMIT;

/**
 * A list of contacts as a PDF: the rows, the order and the columns of the page at the same address, from its first row
 * on. Read and written page by page, so that memory stays the same however long it is.
 */
export async function contactListPdf(scope: Scope, asked: ContactListView): Promise<AsyncGenerator<Uint8Array, void>> {
  const view = { ...asked, cursor: null };
  const { members, counts } = await listChoices(scope, view);
  const first = await listContacts(scope, view, counts);
  const { account, place, user } = scope;
  const owners = new Map(members.map(({ id, name }) => [id, name]));
  const fields = inUse(await customFields(scope));
  const columns = columnsOf(view, { place, country: account.phoneCountry, owners, fields });
  const madeAt = scope.clock.now();
  const title = view.archived ? "Archived contacts" : "Contacts";
  const options = {
    title: `${title} · ${account.name}`,
    language: "en-GB",
    author: account.name,
    madeAt,
    size: columns.length > 4 ? A4_ACROSS : A4,
    margins: { top: 40, right: 36, bottom: 54, left: 36 },
    footer: `${account.name} · Printed ${formatInstant(place, madeAt)}${user ? ` by ${user.name}` : ""}`,
  };

  /** The rows as the pages of the list have them, each from where the last one ended. */
  async function* batches(): AsyncGenerator<ListedContact[], void> {
    let page = first;
    let listed = 0;
    while (page.contacts.length > 0) {
      const rows = page.contacts.slice(0, MOST_LISTED - listed);
      yield rows;
      listed += rows.length;
      if (!page.next || listed >= MOST_LISTED) return;
      page = await listContacts(scope, { ...view, cursor: page.next }, counts);
    }
  }

  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    await drawHead(pdf, title, [
      countLine(view, first, place.locale),
      sortWords(view, fields),
      ...limitWords(first, place),
    ]);
    yield* drawTable(pdf, columns, batches());
  });
}

async function drawHead(pdf: Pdf, title: string, words: readonly string[]): Promise<void> {
  pdf.y += 14;
  pdf.put(await pdf.line(title, { size: 16, weight: "bold" }), { x: pdf.left, y: pdf.y, size: 16 });
  const width = pdf.right - pdf.left;
  for (const line of await pdf.lines(words.join(" "), { size: 9, weight: "regular", width })) {
    pdf.y += 13;
    pdf.put(line, { x: pdf.left, y: pdf.y, size: 9, grey: true });
  }
  pdf.y += 10;
}

const sortNames: Record<BuiltInSort, [ascending: string, descending: string]> = {
  name: ["By name.", "By name, from Z to A."],
  company: ["By company.", "By company, from Z to A."],
  email: ["By email.", "By email, from Z to A."],
  city: ["By city.", "By city, from Z to A."],
  created: ["Oldest first.", "Newest first."],
  changed: ["Longest unchanged first.", "Last changed first."],
};

function sortWords({ sort, order }: ContactListView, fields: readonly FieldDefinition[]): string {
  if (isCustomField(sort)) return `By ${nameOfField(sort, fields)}${order === "ascending" ? "" : ", from the last"}.`;
  return sortNames[sort][order === "ascending" ? 0 : 1];
}

function limitWords({ capped }: { capped: boolean }, { locale }: Place): string[] {
  if (!capped) return [];
  return [`These are the first ${MOST_LISTED.toLocaleString(locale)}. Narrow the list to print the others.`];
}

const shares: Partial<Record<ContactColumn, number>> = {
  email: 3.6,
  tags: 2,
  company: 2.2,
  jobTitle: 1.8,
  phone: 1.9,
  kind: 1,
};

function columnsOf(view: ContactListView, where: CellPlace): PdfColumn<ListedContact>[] {
  const columns = view.columns ?? usualColumns;
  const isCompanyApart = columns.includes("company");
  const name: PdfColumn<ListedContact> = {
    label: "Name",
    share: 3,
    cell: (contact) => contact.listName,
    under: ({ company, name }) => (isCompanyApart || !company || company === name ? "" : company),
  };
  return [
    name,
    ...columns.flatMap((column) => {
      const label = columnName(column, where.fields ?? []);
      if (label === null) return [];
      const cell = (contact: ListedContact) => cellText(contact, column, where);
      return [{ label, share: shares[column] ?? 1.4, cell }];
    }),
  ];
}
