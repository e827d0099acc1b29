import { byPreference, labelOf, labelsByGroup } from "~/features/pipeline/vcard/card-labels";
import { components, cut, type Property, unescaped } from "~/features/pipeline/vcard/property";

/** A card as a row: its values by the names of columns, which are the words that column names are known by. */
export type CardRow = Map<string, string>;

/** Addresses for which there are columns; more of them go to the notes. */
const addressPrefixes = ["", "Second address ", "Third address "];
const addressParts = ["Address label", "Street", "Town", "Region", "Postcode", "Country"];

const first = [
  ...["Kind", "Name prefix", "Given name", "Middle name", "Family name", "Name suffix", "Full name", "Nickname"],
  ...["Company", "Department", "Job title", "Birthday", "Died on"],
];
const last = [...addressPrefixes.flatMap(addressColumns), "Tags", "Language", "Website", "Notes", "UID"];

function addressColumns(prefix: string): string[] {
  return addressParts.map((part) => (prefix === "" ? part : prefix + part.replace("Address ", "").toLowerCase()));
}

/** The columns in the order people expect them. */
export function columnOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => {
    if (first.includes(name)) return first.indexOf(name);
    if (last.includes(name)) return 10_000 + last.indexOf(name);
    const [, kind, label, number] = /^(Email|Phone) (label )?(\d+)$/.exec(name) ?? [];
    return (kind === "Email" ? 1_000 : 5_000) + 2 * Number(number) + (label ? 0 : 1);
  };
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b));
}

export function cardRow(properties: readonly Property[]): CardRow {
  const row: CardRow = new Map();
  const put = (column: string, text: string | undefined) => {
    if (text?.trim()) row.set(column, text.trim());
  };
  const card = cardOf(properties);
  const notes = card.all("NOTE").map(({ value }) => unescaped(value));
  for (const [column, text] of names(card)) put(column, text);
  put("Nickname", card.list("NICKNAME").join(", "));
  put("Job title", card.text("TITLE") || card.text("ROLE"));
  days(card, put, notes);
  points(card, put);
  addresses(card, put, notes);
  put("Tags", tags(card.all("CATEGORIES")));
  put("Language", card.text("LANG"));
  put("Website", card.text("URL"));
  put("Notes", notes.filter((note) => note !== "").join("\n\n"));
  put("UID", card.text("UID"));
  return row;
}

type Put = (column: string, text: string | undefined) => void;
type Card = ReturnType<typeof cardOf>;

function cardOf(properties: readonly Property[]) {
  const all = (name: string) => properties.filter((property) => property.name === name);
  const text = (name: string) => unescaped(byPreference(all(name))[0]?.value ?? "");
  return {
    all,
    text,
    /** Still escaped, to be cut into its components. */
    raw: (name: string) => byPreference(all(name))[0]?.value ?? "",
    list: (name: string) => all(name).flatMap(({ value }) => cut(value, ",").map(unescaped)),
    byGroup: labelsByGroup(properties),
  };
}

function kindOf(card: Card): string {
  const stated = (card.text("KIND") || card.text("X-ADDRESSBOOKSERVER-KIND")).toLowerCase();
  if (stated === "org" || /company/i.test(card.text("X-ABSHOWAS"))) return "company";
  return stated === "individual" ? "" : stated;
}

type Said = [column: string, text: string][];

function names(card: Card): Said {
  const [company = "", ...units] = components(card.raw("ORG")).map(joined);
  return [
    ["Kind", kindOf(card)],
    ["Company", company],
    ["Department", units.filter(Boolean).join(", ")],
    ...personalNames(card, company),
  ];
}

function personalNames(card: Card, company: string): Said {
  const parts = components(card.raw("N")).map(joined);
  const [family = "", given = ""] = parts;
  const full = card.text("FN");
  if (!family && !given) return [["Full name", full === company ? "" : full]];
  // What many programs do with a name that they cannot part: all of it as the family name.
  if (!given && family === full && full.includes(" ")) return [["Full name", full]];
  const columns = ["Family name", "Given name", "Middle name"];
  // A full name has the others in it already.
  const more = full ? [] : ["Name prefix", "Name suffix"];
  const said = [...columns, ...more].map((column, index): [string, string] => [column, parts[index] ?? ""]);
  return [...said, ["Full name", full]];
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(" ");
}

/** A birthday of which only the year is known is none that can be kept as a day. */
function days(card: Card, put: Put, notes: string[]): void {
  const said: [string, string][] = [
    ["Birthday", card.text("BDAY")],
    ["Died on", card.text("DEATHDATE") || card.text("X-DEATHDATE")],
  ];
  for (const [column, text] of said) {
    const day = /^(\d{4}-?|--)\d\d-?\d\d(?=$|T)/.exec(text)?.[0];
    if (day) put(column, day);
    else if (text) notes.push(`${column}: ${text}`);
  }
}

function points(card: Card, put: Put): void {
  const kinds: [string, Property[]][] = [
    ["Email", byPreference(card.all("EMAIL"))],
    ["Phone", byPreference(card.all("TEL"))],
  ];
  for (const [column, properties] of kinds) {
    const filled = properties.filter(({ value }) => unescaped(value) !== "");
    for (const [index, property] of filled.entries()) {
      put(`${column} label ${index + 1}`, labelOf(property, card.byGroup));
      put(`${column} ${index + 1}`, plainPoint(unescaped(property.value)));
    }
  }
}

/** `tel:+44-20-7946-0182;ext=12`, as vCard 4 writes them (RFC 3966). */
function plainPoint(value: string): string {
  const [number = "", ...more] = value.replace(/^tel:/i, "").split(";");
  if (number === value) return value;
  const extension = more.find((part) => part.toLowerCase().startsWith("ext="));
  return extension ? `${number} ext. ${extension.slice(4)}` : number;
}

function addresses(card: Card, put: Put, notes: string[]): void {
  const found = card.all("ADR").map((property) => ({ property, parts: addressTexts(property.value) }));
  const filled = found.filter(({ parts }) => parts.some((part) => part !== ""));
  for (const [index, { property, parts }] of filled.entries()) {
    const label = labelOf(property, card.byGroup);
    const prefix = addressPrefixes[index];
    if (prefix === undefined) notes.push(["Another address:", label, parts.filter(Boolean).join(", ")].join(" "));
    else addressColumns(prefix).forEach((column, part) => put(column, [label, ...parts][part]));
  }
}

/** Street, town, region, postcode, country; a box or a floor stands with the street. */
function addressTexts(value: string): string[] {
  const [box = "", extended = "", street = "", ...rest] = components(value).map((part) => part.join(", "));
  return [[box, extended, street].filter(Boolean).join(", "), ...[0, 1, 2, 3].map((index) => rest[index] ?? "")];
}

/** Groups that address books keep for themselves. */
const noise = /^(?:myContacts|starred)$/i;

/** Parted as Google's CSV parts them, since a tag may hold a comma. */
function tags(properties: readonly Property[]): string {
  const found = properties.flatMap(({ value }) => cut(value, ",").map(unescaped));
  return found
    .filter((tag) => tag !== "" && !noise.test(tag))
    .map((tag) => `${tag} :::`)
    .join(" ");
}
