import { type Address } from "~/features/contacts/contact";
import { limits } from "~/features/contacts/contact-limits";
import { addressField, MOST_ADDRESSES_OF_A_ROW } from "~/features/contacts/subject/address-fields";
import { plainLabel, VALUES_APART } from "~/features/contacts/subject/contact-subject-labels";
import { textOf } from "~/features/contacts/subject/contact-subject-text";
import { countryCode } from "~/features/contacts/values/country-name";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type MappedRow } from "~/features/pipeline/subject";

/** Where a row's contact lives or works. */

const places = Array.from({ length: MOST_ADDRESSES_OF_A_ROW }, (_, place) => place);
const parts = ["street", "street2", "city", "region", "postalCode", "country"];
const partsAt = places.map((place) => parts.map((id) => addressField(id, place)));
const countryFields = places.map((place) => addressField("country", place));

export function isCountryField(field: string): boolean {
  return countryFields.includes(field);
}

/** Where a number without a country code is at home: in the row's country, else where the file's numbers are. */
export function countryOf(row: MappedRow, phoneCountry: string): string {
  const country = countryFields.map((field) => textOf(row, field)).find(Boolean);
  const code = country ? countryCode(country) : phoneCountry;
  return /^[A-Z]{2}$/.test(code) ? code : phoneCountry;
}

/** All lines of it. A cell may itself have several. */
export function streetOf(row: MappedRow, place = 0): string | null {
  const cells = ["street", "street2"].flatMap((id) => row.get(addressField(id, place)) ?? []);
  return (
    cells
      .map(({ text }) => lines(text))
      .filter(Boolean)
      .join(", ") || null
  );
}

function lines(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(oneLine)
    .filter((line) => line !== "")
    .join("\n");
}

export function addressesOf(row: MappedRow): Address[] {
  const told = places.filter((place) => partsAt[place]?.some((field) => row.has(field)));
  const found = told.flatMap((place) => {
    const text = (id: string) => textOf(row, addressField(id, place));
    const parts = [streetOf(row, place), text("city"), text("region"), text("postalCode"), text("country")];
    const label = text("addressLabel");
    const note = text("addressNote")?.slice(0, limits.note);
    return parted(parts).map((parts) => ({
      ...addressOf(parts, label === null ? labelByColumn(row, place) : plainLabel(label)),
      ...(note ? { note } : {}),
    }));
  });
  return found.filter((address) =>
    [address.street, address.city, address.region, address.postalCode, address.country].some(Boolean),
  );
}

type Parts = (string | null)[];

function addressOf(
  [street = null, city = null, region = null, postalCode = null, country = null]: Parts,
  label: string | null,
): Address {
  return { label, street, city, region, postalCode, country: country && countryCode(country) };
}

/** Several addresses in one set of columns, as Google writes those of the same kind: "Leeds ::: York". */
function parted(parts: Parts): Parts[] {
  if (!parts.some((part) => part?.includes(":::"))) return [parts];
  const apart = parts.map((part) => part?.split(VALUES_APART).map((text) => text.replace(/^, |,$/g, "").trim()) ?? []);
  const count = Math.max(1, ...apart.map((values) => values.length));
  return Array.from({ length: count }, (_, index) => apart.map((values) => values[index] || null));
}

const labelWords: readonly [RegExp, string][] = [
  [/\b(?:business|work|office)\b|geschäftlich|dienstlich/i, "work"],
  [/\b(?:home|private|privat)\b/i, "home"],
];

/** "Business Street" names the address with its part. */
function labelByColumn(row: MappedRow, place: number): string | null {
  const ids = ["street", "city", "postalCode"].map((id) => addressField(id, place));
  const column = ids.map((id) => row.get(id)?.[0]?.column).find((name) => name !== undefined);
  return labelOfColumn(column ?? "");
}

export function labelOfColumn(column: string): string | null {
  return labelWords.find(([words]) => words.test(column))?.[1] ?? null;
}
