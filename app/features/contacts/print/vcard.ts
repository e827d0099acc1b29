import { type Address, type ContactValues, displayName } from "~/features/contacts/contact";
import { countryName } from "~/features/contacts/values/country-name";
import { type LetterAddress } from "~/features/contacts/relationships/letter-address";
import { type ContentLine, vcardLine } from "~/features/contacts/print/vcard-line";
import { blank, noteOf, optional, ownLabel, typesOf } from "~/features/contacts/print/vcard-parts";

/**
 * A contact as a vCard, version 3.0 (RFC 2426): of the three versions it is the one that everybody reads. Outlook,
 * iCloud and Google write and import 3.0; Android's own contacts app and Outlook refuse or mangle 4.0 (RFC 6350); iCloud
 * refuses 2.1, and 2.1 has no UTF-8 of its own.
 */
export interface VcardContact {
  id: string;
  values: ContactValues;
  /** An instant. */
  changedAt: string;
  /** To where one writes to an estate. */
  letter?: LetterAddress | null;
}

export function vcard({ id, values, changedAt, letter = null }: VcardContact): string {
  return written([
    ...nameLines(values),
    ...values.emails.map(({ value, label }, index) => point("EMAIL", "INTERNET", { value, label, index })),
    ...values.phones.map(({ value, label }, index) => point("TEL", "VOICE", { value, label, index })),
    ...values.addresses.map(addressLine),
    ...(values.addresses.length === 0 ? letterLines(letter) : []),
    ...birthdayLines(values.birthday),
    ...optional("NOTE", noteOf(values)),
    ...(values.tags.length > 0 ? [{ name: "CATEGORIES", parts: [values.tags] }] : []),
    ...optional("UID", `urn:uuid:${id}`),
    // To the second, as RFC 2426 has it.
    ...optional("REV", changedAt.replace(/\.\d+Z$/, "Z")),
  ]);
}

/** What somebody needs who points a phone at a page: as short as can be, since each letter makes the squares smaller. */
export function shortVcard(values: ContactValues, { withAddress = true } = {}): string {
  const [address] = withAddress ? values.addresses : [];
  return written([
    ...nameLines(values),
    ...values.phones.slice(0, 2).map(({ value }) => ({ name: "TEL", parts: [[value]] })),
    ...values.emails.slice(0, 1).map(({ value }) => ({ name: "EMAIL", parts: [[value]] })),
    ...(address ? [{ name: "ADR", parts: addressParts(address) }] : []),
  ]);
}

function written(lines: ContentLine[]): string {
  const whole = [{ name: "VERSION", parts: [["3.0"]] }, ...lines];
  return `BEGIN:VCARD\r\n${whole.map(vcardLine).join("")}END:VCARD\r\n`;
}

function nameLines(values: ContactValues): ContentLine[] {
  const { familyName, givenName, company, jobTitle } = values;
  const isCompany = values.kind === "business";
  const name = displayName(values);
  return [
    // Both are required, and a card whose N is empty has no name on a phone. A company's is its ORG, marked as such.
    {
      name: "N",
      parts: isCompany ? blank(5) : [[familyName ?? (givenName ? "" : name)], [givenName ?? ""], ...blank(3)],
    },
    { name: "FN", parts: [[name]] },
    ...optional("ORG", company ?? (isCompany ? name : null)),
    ...optional("TITLE", jobTitle),
    ...(isCompany ? [{ name: "X-ABSHOWAS", parts: [["COMPANY"]] }] : []),
  ];
}

interface Labelled {
  label: string | null;
  index: number;
}

function typed({ label, index }: Labelled, always: string[] = []): string[] {
  return [...always, ...typesOf(label), ...(index === 0 ? ["PREF"] : [])];
}

function point(name: string, always: string, { value, ...labelled }: Labelled & { value: string }): ContentLine {
  return { name, types: typed(labelled, [always]), parts: [[value]], label: ownLabel(labelled.label) };
}

function addressLine(address: Address, index: number): ContentLine {
  const { label } = address;
  return { name: "ADR", types: typed({ label, index }), parts: addressParts(address), label: ownLabel(label) };
}

/** In care of whom letters go there, and the lines of the envelope. */
function letterLines(letter: LetterAddress | null): ContentLine[] {
  if (!letter?.ok || !letter.careOf) return [];
  const parts = addressParts(letter.address, `c/o ${letter.careOf.name}`);
  return [
    { name: "ADR", types: ["PREF"], parts },
    { name: "LABEL", types: ["PREF"], parts: [[letter.lines.join("\n")]] },
  ];
}

/** Post office box, extended address, street, town, region, postcode, country. */
function addressParts({ street, city, region, postalCode, country }: Address, extended = ""): string[][] {
  const name = country === null ? null : countryName(country, "en");
  return ["", extended, street, city, region, postalCode, name].map((part) => [part ?? ""]);
}

/** The year that Apple writes where there is none; whoever does not know the parameter shows 1604. */
const NO_YEAR = "1604";

function birthdayLines(birthday: string | null): ContentLine[] {
  if (!birthday) return [];
  if (!birthday.startsWith("--")) return [{ name: "BDAY", parts: [[birthday]] }];
  return [{ name: "BDAY", parameters: { "X-APPLE-OMIT-YEAR": NO_YEAR }, parts: [[NO_YEAR + birthday.slice(1)]] }];
}
