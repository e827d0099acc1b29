import { stringify } from "csv-stringify/sync";
import { type ContactValues } from "~/features/contacts/contact";

const columns: readonly (readonly [header: string, cell: (contact: ContactValues) => string | null | undefined])[] = [
  ["Kind", (contact) => ({ individual: "Person", business: "Company", estate: "Estate" })[contact.kind]],
  ["Full name", (contact) => contact.typedName],
  ["First name", (contact) => contact.givenName],
  ["Last name", (contact) => contact.familyName],
  ["Company", (contact) => contact.company],
  ["Job title", (contact) => contact.jobTitle],
  ["Email", (contact) => contact.emails[0]?.value],
  ["Phone", (contact) => contact.phones[0]?.value],
  ["Street", (contact) => contact.addresses[0]?.street],
  ["City", (contact) => contact.addresses[0]?.city],
  ["Postcode", (contact) => contact.addresses[0]?.postalCode],
  ["Country", (contact) => contact.addresses[0]?.country],
  ["Tags", (contact) => contact.tags.join(", ")],
  ["Notes", (contact) => contact.notes],
];

/** Rows that every real list has some of: each is refused, for a reason of its own. */
const badRows: readonly Record<string, string>[] = [
  { "Full name": "Miles Carver", Email: "miles@@carver.example" },
  { "First name": "Winifred", "Last name": "Entwistle", Phone: "ask her son" },
  { City: "Leeds", Notes: "Who was this?" },
];

/** The same, with a few rows at its end that cannot be stored. */
export function sampleCsvWithBadRows(contacts: readonly ContactValues[]): string {
  const rows = badRows.map((row) => columns.map(([header]) => row[header] ?? ""));
  return sampleCsv(contacts) + stringify(rows);
}

/** Contacts as a spreadsheet program would save them: a CSV in UTF-8 with a header. */
export function sampleCsv(contacts: readonly ContactValues[]): string {
  return stringify([
    columns.map(([header]) => header),
    ...contacts.map((contact) => columns.map(([, cell]) => cell(contact) ?? "")),
  ]);
}
