/** A contact of the People API as cells, in the manner of Google's own CSV files, which the reader of contacts knows. */
import { type people_v1 } from "@googleapis/people";
import { type JsonObject } from "~/features/connectors/connector";
import { grouped, type Labelled, listed } from "~/features/connectors/providers/google/labelled-cells";
import { type Person } from "~/features/connectors/providers/google/people-api";
import {
  addressParts,
  MOST_ADDRESSES,
  MOST_EMAILS,
  MOST_PHONES,
} from "~/features/connectors/providers/google/person-fields";
import { plainText } from "~/features/connectors/reading/plain-text";

type Cell = [column: string, text: string | null | undefined];
/** As `person-records.ts` keeps them. */
type NamedMembership = people_v1.Schema$Membership & { name?: string };

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const person = payload as Person;
  const cells: Cell[] = [
    ...nameCells(person),
    ...organizationCells(person),
    ["birthdays", birthdayOf(person)],
    ["nicknames", texts(person.nicknames, "value")[0]],
    ...pointCells("emailAddresses", labelledOf(person.emailAddresses, emailText), MOST_EMAILS),
    ...pointCells("phoneNumbers", labelledOf(person.phoneNumbers, phoneText), MOST_PHONES),
    ...addressCells(person),
    ["urls", linesOf(person.urls, ({ value }) => value)],
    [
      "imClients",
      linesOf(person.imClients, ({ username, protocol }) => [username, protocol].filter(Boolean).join(", ")),
    ],
    ["memberships", listed(texts(person.memberships as NamedMembership[] | undefined, "name"))],
    ["biographies", biographyOf(person)],
    ["events", linesOf(person.events, ({ date }) => dayOf(date))],
    ["relations", linesOf(person.relations, ({ person: name }) => name)],
    ...ownCells(person),
  ];
  return new Map(cells.flatMap(([column, text]) => (text && /[^\s:]/.test(text) ? [[column, text]] : [])));
}

/** The first of its kind is the one that Google shows. */
function primary<Value extends { metadata?: people_v1.Schema$FieldMetadata }>(values: readonly Value[] = []): Value[] {
  return [...values].sort((a, b) => Number(b.metadata?.primary ?? false) - Number(a.metadata?.primary ?? false));
}

function texts<Key extends string>(values: readonly { [name in Key]?: string | null }[] = [], key: Key): string[] {
  return values.flatMap((value) => value[key]?.trim() || []);
}

function nameCells({ names }: Person): Cell[] {
  const [name] = primary(names);
  if (!name) return [];
  const hasParts = Boolean(name.givenName ?? name.familyName);
  return [
    ["names.prefix", name.honorificPrefix],
    ["names.given", name.givenName],
    ["names.middle", name.middleName],
    ["names.family", name.familyName],
    ["names.suffix", name.honorificSuffix],
    ["names.whole", hasParts ? null : (name.unstructuredName ?? name.displayName)],
  ];
}

function organizationCells({ organizations }: Person): Cell[] {
  const [first, ...others] = primary(organizations);
  return [
    ["organizations.name", first?.name],
    ["organizations.title", first?.title],
    ["organizations.department", first?.department],
    [
      "organizations.others",
      others.map(({ name, title, department }) => [name, title, department].filter(Boolean).join(", ")).join("\n"),
    ],
  ];
}

/** Kinds that Google knows come as words of its own: `homeFax`. What people called it themselves stays as it is. */
function labelOf(type: string | null | undefined): string | null {
  const known = /^[a-z]+(?:[A-Z][a-z]+)+$/.test(type ?? "");
  return (known ? type?.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : type?.trim()) || null;
}

interface Typed {
  type?: string | null;
  metadata?: people_v1.Schema$FieldMetadata;
}

function labelledOf<Value extends Typed>(
  values: readonly Value[] | undefined,
  textOf: (value: Value) => string | null | undefined,
): Labelled[] {
  return primary(values).flatMap((value) => {
    const text = textOf(value)?.trim();
    return text ? [{ label: labelOf(value.type), texts: [text] }] : [];
  });
}

const emailText = ({ value }: people_v1.Schema$EmailAddress) => value;

/** As it was typed if it says its country; else as Google understood it, which forgets an extension. */
function phoneText({ value, canonicalForm }: people_v1.Schema$PhoneNumber) {
  if (!value || value.trim().startsWith("+") || !canonicalForm) return value ?? canonicalForm;
  const [, extension] = /(?:ext\.?|x|#|durchwahl)\s*(\d+)$/i.exec(value) ?? [];
  return extension ? `${canonicalForm} ext. ${extension}` : canonicalForm;
}

function pointCells(field: string, values: Labelled[], most: number): Cell[] {
  return grouped(values, most).flatMap(({ label, texts: [text] }, index): Cell[] => [
    [`${field}.${index + 1}.label`, label],
    [`${field}.${index + 1}`, text],
  ]);
}

function addressCells({ addresses }: Person): Cell[] {
  const values = primary(addresses).flatMap((address) => {
    const parts = partsOf(address);
    return parts.some((part) => part !== "") ? [{ label: labelOf(address.type), texts: parts }] : [];
  });
  return grouped(values, MOST_ADDRESSES).flatMap(({ label, texts: parts }, index): Cell[] => [
    [`addresses.${index + 1}.label`, label],
    ...addressParts.map((part, place): Cell => [`addresses.${index + 1}.${part}`, parts[place]]),
  ]);
}

/** In the order of `addressParts`. What was never parted is taken for the street, line by line. */
function partsOf(address: people_v1.Schema$Address): string[] {
  const { streetAddress, extendedAddress, poBox, city, region, postalCode, country, countryCode, formattedValue } =
    address;
  const street = [poBox, streetAddress, extendedAddress].filter(Boolean).join("\n");
  const parts = [street, city, region, postalCode, countryCode ?? country].map((part) => part?.trim() ?? "");
  return parts.some((part) => part !== "") ? parts : [formattedValue?.trim() ?? "", "", "", "", ""];
}

/** "Home page: https://…", a line for each. */
function linesOf<Value extends Typed>(
  values: readonly Value[] | undefined,
  textOf: (value: Value) => string | null | undefined,
): string {
  const lines = primary(values).flatMap((value) => {
    const [text, label] = [textOf(value)?.trim(), labelOf(value.type)];
    return text ? [label ? `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${text}` : text] : [];
  });
  return lines.join("\n");
}

function birthdayOf({ birthdays }: Person): string | null {
  const [birthday] = primary(birthdays);
  return birthday ? (dayOf(birthday.date) ?? birthday.text ?? null) : null;
}

/** `1958-03-14`, or `--03-14`: the year is absent or 0 where it is not known. */
function dayOf(date: people_v1.Schema$Date | undefined): string | null {
  if (!date?.month || !date.day) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.year ? String(date.year).padStart(4, "0") : "-"}-${two(date.month)}-${two(date.day)}`;
}

function biographyOf({ biographies }: Person): string | null {
  const [biography] = primary(biographies);
  const { value, contentType } = biography ?? {};
  return value && contentType === "TEXT_HTML" ? plainText(value) : (value ?? null);
}

/** All together, and each by itself; of several that are called alike, one after the other. */
function ownCells({ userDefined = [] }: Person): Cell[] {
  const lines = userDefined.map(({ key, value }) => `${key ?? ""}: ${value ?? ""}`.trim());
  const byKey = new Map<string, string>();
  for (const { key, value } of userDefined) {
    if (key && value) byKey.set(key, [byKey.get(key), value].filter(Boolean).join(", "));
  }
  return [["userDefined", lines.join("\n")], ...[...byKey].map(([key, text]): Cell => [`userDefined.${key}`, text])];
}
