/** What can be read of a contact, as the People API parts it, and the columns that it becomes. */
import { type SourceColumn, type SourceField } from "~/features/connectors/connector";

/** Columns for values with labels: further ones share the last, see `labelled-cells.ts`. */
export const MOST_EMAILS = 5;
export const MOST_PHONES = 6;
export const MOST_ADDRESSES = 4;

/** Of an address, in this order. */
export const addressParts = ["street", "city", "region", "postalCode", "country"] as const;

const addressLabels: Readonly<Record<(typeof addressParts)[number], string>> = {
  street: "street",
  city: "town",
  region: "region",
  postalCode: "postcode",
  country: "country",
};

function numbered(most: number, columns: (number: number) => SourceColumn[]): SourceColumn[] {
  return Array.from({ length: most }, (_, index) => columns(index + 1)).flat();
}

/** The label stands before its value, as in Google's own files. */
function pointColumns(field: string, name: string, goesTo: string, most: number): SourceColumn[] {
  return numbered(most, (number) => [
    { id: `${field}.${number}.label`, label: `${name} ${number}: label`, goesTo: `${goesTo}Label` },
    { id: `${field}.${number}`, label: `${name} ${number}`, goesTo },
  ]);
}

/** Of the second address on, fields of contacts are numbered: `2:street`. */
function addressColumns(): SourceColumn[] {
  return numbered(MOST_ADDRESSES, (number) => {
    const fieldOf = (part: string) => (number === 1 ? part : `${number}:${part}`);
    return [
      { id: `addresses.${number}.label`, label: `Address ${number}: label`, goesTo: fieldOf("addressLabel") },
      ...addressParts.map((part) => ({
        id: `addresses.${number}.${part}`,
        label: `Address ${number}: ${addressLabels[part]}`,
        goesTo: fieldOf(part),
      })),
    ];
  });
}

const one = (id: string, label: string, goesTo?: string): SourceColumn => ({
  id,
  label,
  ...(goesTo ? { goesTo } : {}),
});

/** Has no place of its own in a contact, so that it goes to the notes, line by line, for whoever chooses it. */
function noted(id: string, label: string, group: string): SourceField {
  return { id, label, group, usual: false, columns: [one(id, label, "notes")] };
}

const contactFields: readonly SourceField[] = [
  {
    id: "names",
    label: "Name",
    group: "Who they are",
    usual: true,
    always: true,
    columns: [
      one("names.prefix", "Title before the name", "namePrefix"),
      one("names.given", "First name", "givenName"),
      one("names.middle", "Middle name", "middleName"),
      one("names.family", "Last name", "familyName"),
      one("names.suffix", "Letters after the name", "nameSuffix"),
      one("names.whole", "Name, where it has no parts", "name"),
    ],
  },
  {
    id: "organizations",
    label: "Company and job title",
    group: "Who they are",
    usual: true,
    columns: [
      one("organizations.name", "Company", "company"),
      one("organizations.title", "Job title", "jobTitle"),
      one("organizations.department", "Department"),
      one("organizations.others", "Further companies", "notes"),
    ],
  },
  {
    id: "birthdays",
    label: "Birthday",
    group: "Who they are",
    usual: true,
    columns: [one("birthdays", "Birthday", "birthday")],
  },
  {
    id: "nicknames",
    label: "Nickname",
    group: "Who they are",
    usual: false,
    columns: [one("nicknames", "Nickname")],
  },
  {
    id: "emailAddresses",
    label: "Email",
    group: "How to reach them",
    usual: true,
    columns: pointColumns("emailAddresses", "Email", "email", MOST_EMAILS),
  },
  {
    id: "phoneNumbers",
    label: "Phone",
    group: "How to reach them",
    usual: true,
    columns: pointColumns("phoneNumbers", "Phone", "phone", MOST_PHONES),
  },
  {
    id: "addresses",
    label: "Address",
    group: "How to reach them",
    usual: true,
    columns: addressColumns(),
  },
  noted("urls", "Websites", "How to reach them"),
  noted("imClients", "Chat names", "How to reach them"),
  {
    id: "memberships",
    label: "Labels",
    group: "Notes and labels",
    usual: true,
    columns: [one("memberships", "Labels", "tags")],
  },
  {
    id: "biographies",
    label: "Notes",
    group: "Notes and labels",
    usual: true,
    columns: [one("biographies", "Notes", "notes")],
  },
  noted("events", "Significant dates", "Notes and labels"),
  noted("relations", "Related people", "Notes and labels"),
];

/** @param keys what people have called fields of their own, as far as it was seen */
export function personFields(keys: readonly string[]): SourceField[] {
  const own: SourceField = {
    id: "userDefined",
    label: "Custom fields",
    group: "Notes and labels",
    usual: false,
    columns: [
      one("userDefined", "Custom fields, all in one", "notes"),
      ...keys.map((key) => one(`userDefined.${key}`, `Custom field: ${key}`)),
    ],
  };
  return [...contactFields, own];
}

/** `personFields` of the API; `metadata` says what is deleted or renamed, and when it changed. Always in the same order. */
export function maskOf(fields: readonly string[]): string {
  return [...new Set([...fields, "metadata"])].sort().join(",");
}
