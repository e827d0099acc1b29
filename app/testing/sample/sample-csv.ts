import { stringify } from "csv-stringify/sync";
import { type ContactValues } from "~/features/contacts/contact";

const columns: readonly (readonly [header: string, cell: (contact: ContactValues) => string | null | undefined])[] = [
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

/** Contacts as a spreadsheet program would save them: a CSV in UTF-8 with a header. */
export function sampleCsv(contacts: readonly ContactValues[]): string {
  return stringify([
    columns.map(([header]) => header),
    ...contacts.map((contact) => columns.map(([, cell]) => cell(contact) ?? "")),
  ]);
}
