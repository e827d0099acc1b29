import {
  byPreference,
  labelOf,
  labelsByGroup,
  noteOf,
  notesByGroup,
} from "~/features/pipeline/files/vcard/card-labels";
import { components, cut, type Property, unescaped } from "~/features/pipeline/files/vcard/property";

import { withApostrophe } from "~/platform/spreadsheet-cell.server";

/** A card as a row: its values by the names of columns, which are the words that column names are known by. */
export type CardRow = Map<string, string>;

/** Addresses for which there are columns; more of them go to the notes. */
const further = ["Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];
const addressPrefixes = ["", ...further.map((ordinal) => `${ordinal} address `)];
const addressParts = ["Address label", "Street", "Town", "Region", "Postcode", "Country", "Address note"];

const first = [
  ...["Kind", "Name prefix", "Given name", "Middle name", "Family name", "Name suffix", "Full name"],
  ...["Name as written", "Nickname"],
  ...["Company", "Department", "Job title", "Birthday", "Died on"],
];
const own = ["No email", "No phone", "No letters", "Looked after by"];
const last = [
  ...[...addressPrefixes.flatMap(addressColumns), "Tags", "Language", "Time zone", "Website", "Notes"],
  ...[...own, "UID"],
];

function addressColumns(prefix: string): string[] {
  return addressParts.map((part) => (prefix === "" ? part : prefix + part.replace("Address ", "").toLowerCase()));
}

/** The columns in the order people expect them. */
export function columnOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => {
    if (first.includes(name)) return first.indexOf(name);
    if (last.includes(name)) return 10_000 + last.indexOf(name);
    const [, kind, what, number] = pointColumn.exec(name) ?? [];
    return (kind === "Email" ? 1_000 : 5_000) + 3 * Number(number) + (what === "label " ? 0 : what === "note " ? 2 : 1);
  };
  const all = [...new Set(names)];
  return [...new Set([...all, ...missingLabels(all)])].sort((a, b) => rank(a) - rank(b));
}

const pointColumn = /^(Email|Phone) (label |note )?(\d+)$/;

/** Where some have a label all have a column for it: which label is of which value is told by how columns stand. */
function missingLabels(names: readonly string[]): string[] {
  return ["Email", "Phone"].flatMap((kind) => {
    if (!names.some((name) => name.startsWith(`${kind} label `))) return [];
    const values = names.filter((name) => pointColumn.exec(name)?.[1] === kind && !/label|note/.test(name));
    return values.map((name) => name.replace(" ", " label "));
  });
}

export function cardRow(properties: readonly Property[]): CardRow {
  const row: CardRow = new Map();
  const put = (column: string, text: string | undefined) => {
    if (text?.trim()) row.set(column, withApostrophe(text.trim()));
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
  ownFields(card, put);
  put("Website", card.text("URL"));
  put("Notes", notes.filter((note) => note !== "").join("\n\n"));
  put("UID", card.text("UID"));
  return row;
}

/** What stands in our own cards under names of our own, and a time zone where it is one by name. */
function ownFields(card: Card, put: Put): void {
  const zone = card.text("TZ");
  if (/^[A-Za-z]+(?:\/[\w+-]+)+$/.test(zone)) put("Time zone", zone);
  put("No email", card.text("X-TALLYBOOK-NO-EMAIL"));
  put("No phone", card.text("X-TALLYBOOK-NO-PHONE"));
  put("No letters", card.text("X-TALLYBOOK-NO-LETTER"));
  put("Looked after by", card.text("X-TALLYBOOK-OWNER"));
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
    notes: notesByGroup(properties),
  };
}

function kindOf(card: Card): string {
  const ours = card.text("X-TALLYBOOK-KIND");
  if (ours) return ours;
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

/** Our own cards say exactly how a name is written; a full name of others may be parted. */
function nameColumn(card: Card): string {
  return card.text("PRODID").includes("Tallybook") ? "Name as written" : "Full name";
}

function personalNames(card: Card, company: string): Said {
  const parts = components(card.raw("N")).map(joined);
  const [family = "", given = ""] = parts;
  const full = card.text("FN");
  const whole = nameColumn(card);
  if (!family && !given) return [[whole, full === company ? "" : full]];
  if (!given && isUnparted(family, full)) return [["Name as written", full]];
  const columns = ["Family name", "Given name", "Middle name"];
  // A full name has the others in it already.
  const more = full ? [] : ["Name prefix", "Name suffix"];
  const said = [...columns, ...more].map((column, index): [string, string] => [column, parts[index] ?? ""]);
  return [...said, [whole, full]];
}

/** What many programs do with a name that they cannot part: all of it as the family name. */
function isUnparted(family: string, full: string): boolean {
  return family === full && full.includes(" ");
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
      put(`${column} note ${index + 1}`, noteOf(property, card.notes));
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
    else
      addressColumns(prefix).forEach((column, part) =>
        put(column, [label, ...parts, noteOf(property, card.notes)][part]),
      );
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
