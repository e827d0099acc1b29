import { type Address, type Email } from "~/features/contacts/contact";
import { type ExportedContact, pointsOf } from "~/features/contacts/export/exported-contact";
import { toListed } from "~/features/contacts/list/list-row.server";
import { type ContentLine, vcardLine } from "~/features/contacts/print/vcard-line";
import { blank, optional, typesOf } from "~/features/contacts/print/vcard-parts";

/**
 * A contact as a vCard, version 4.0 (RFC 6350; the day of death by RFC 6474): for address books that take many at once.
 * What the standard has no word for stands under names of our own, which everybody else passes over.
 */
export function vcard4(
  { row, points }: ExportedContact,
  { owner, zone }: { owner: string | null; zone: string | null },
): string {
  const contact = { ...row, ...pointsOf(points), ...toListed({ ...row, sort_key: "" }) };
  const lines: ContentLine[] = [
    { name: "VERSION", parts: [["4.0"]] },
    // Read again, a card of our own says exactly what it said: its name is left as it is.
    { name: "PRODID", parts: [["-//Tallybook//Tallybook//EN"]] },
    { name: "KIND", parts: [[contact.kind === "business" ? "org" : "individual"]] },
    ...(contact.kind === "estate" ? optional("X-TALLYBOOK-KIND", "estate") : []),
    ...nameLines(row),
    ...contact.emails.map((email, index) => point("EMAIL", email, index)),
    ...contact.phones.map((phone, index) => point("TEL", phone, index)),
    ...contact.addresses.map(addressLine),
    ...optional("BDAY", contact.birthday && basicDate(contact.birthday)),
    ...optional("DEATHDATE", contact.died_on && basicDate(contact.died_on)),
    ...optional("LANG", contact.language),
    ...optional("TZ", zone),
    ...optional("NOTE", contact.notes),
    ...(contact.tags.length > 0 ? [{ name: "CATEGORIES", parts: [contact.tags] }] : []),
    ...contact.marks.flatMap((channel) => optional(`X-TALLYBOOK-NO-${channel.toUpperCase()}`, "yes")),
    ...optional("X-TALLYBOOK-OWNER", owner),
    ...optional("UID", `urn:uuid:${contact.id}`),
    ...optional("REV", contact.changedAt.replace(/\.\d+Z$/, "Z").replace(/[-:]/g, "")),
  ];
  return `BEGIN:VCARD\r\n${lines.map(vcardLine).join("")}END:VCARD\r\n`;
}

/** FN must be there, whatever there is to put into it. */
function nameLines({ name, given_name, family_name, company, job_title }: ExportedContact["row"]): ContentLine[] {
  const isNamed = given_name !== null || family_name !== null;
  return [
    { name: "FN", parts: [[name]] },
    ...(isNamed ? [{ name: "N", parts: [[family_name ?? ""], [given_name ?? ""], ...blank(3)] }] : []),
    // A company without one is known by its kind and its name.
    ...optional("ORG", company),
    ...optional("TITLE", job_title),
  ];
}

/** The types that version 4 still has, in small letters, as it writes them. */
function parametersOf(label: string | null, index: number): Pick<ContentLine, "types" | "parameters"> {
  return {
    types: typesOf(label).map((type) => type.toLowerCase()),
    ...(index === 0 ? { parameters: { PREF: "1" } } : {}),
  };
}

/** A type says these exactly; any other word stands beside it, even where there is a type for it. */
const exactTypes: ReadonlySet<string> = new Set(["work", "home", "mobile", "fax"]);

function beside(label: string | null, note?: string): Pick<ContentLine, "label" | "note"> {
  return { label: label !== null && exactTypes.has(label) ? null : label, note };
}

function point(name: string, { value, label, note }: Email, index: number): ContentLine {
  return { name, ...parametersOf(label, index), parts: [[value]], ...beside(label, note) };
}

function addressLine(address: Address, index: number): ContentLine {
  const { street, city, region, postalCode, country, label, note } = address;
  return {
    name: "ADR",
    ...parametersOf(label, index),
    parts: ["", "", street, city, region, postalCode, country].map((part) => [part ?? ""]),
    ...beside(label, note),
  };
}

/** `1958-03-14` → `19580314`, `--03-14` → `--0314`: version 4 has the basic format only. */
function basicDate(date: string): string {
  return date.startsWith("--") ? `--${date.slice(2).replace("-", "")}` : date.replaceAll("-", "");
}
