import { type Home } from "~/features/contacts/values/address-text";
import { type Address } from "~/features/contacts/contact";
import { countryName } from "~/features/contacts/values/country-name";

/**
 * An address as it stands on an envelope: one line below the other, in the order of the country that it goes to
 * (Universal Postal Union, "Postal addressing systems in member countries"; where that leaves a choice, as Google's
 * libaddressinput has it).
 */

export interface Addressee {
  /** Each on a line of its own: "Frau Anneliese Brandt", "Brandt Holzbau GmbH". An estate: "Estate of Winifred Hale". */
  names: readonly string[];
  /** To whom it is handed: an estate's executor. Written as "c/o Rowan Hale". */
  careOf?: string | null;
  address: Address;
}

/** What stands below the street. `C` town, `Z` postcode, `S` state, province or county; `/` begins a line. */
type Order = string;

const postcodeThenTown: Order = "Z C";

const orders: Record<string, Order> = {
  ...each(
    "AT BE BG CH CY CZ DE DK EE FI FR GL GR HR IL IS LI LT LU MA MC ME MK NL NO PL PT RO RS SE SI SK SM TN TR VA",
    postcodeThenTown,
  ),
  // A province in brackets or behind the town is part of it.
  ...each("AR ES IT", "Z C S"),
  ...each("GB GG IM JE GI IE ZA KE MT", "C/S/Z"),
  ...each("US", "C, S Z"),
  ...each("CA AU", "C S  Z"),
  ...each("NZ SG TW BN", "C Z"),
  ...each("AE BS GH HK JM LY QA ZW", "C/S"),
  BR: "C - S/Z",
  CN: "C, S/Z",
  CO: "C, S, Z",
  EG: "C/S/Z",
  HU: "C/Z",
  IN: "C - Z/S",
  ID: "C Z/S",
  JP: "C, S Z",
  KR: "C, S Z",
  LV: "C, Z",
  MX: "Z C, S",
  MY: "Z C/S",
  NG: "C Z/S",
  PH: "Z C/S",
  PK: "C - Z/S",
  RU: "C/S/Z",
  SA: "C Z",
  TH: "C/S Z",
  UA: "C/S/Z",
  VN: "C/S Z",
};

function each(countries: string, order: Order): Record<string, Order> {
  return Object.fromEntries(countries.split(" ").map((country) => [country, order]));
}

/** Hungary's order is the other way round: the town stands above the street. */
const townAboveStreet = new Set(["HU"]);

/**
 * The lines of an address, none of them empty. The country comes last, in capitals and in English, as the post of every
 * country reads it; within the account's own country there is none.
 */
export function addressBlock({ names, careOf, address }: Addressee, home: Home): string[] {
  const at = address.country ?? home.country;
  const street = (address.street ?? "").split(/\r?\n/);
  const town = townLines(address, orders[at] ?? postcodeThenTown);
  const places = townAboveStreet.has(at) ? [...town.slice(0, 1), ...street, ...town.slice(1)] : [...street, ...town];
  const abroad = at === home.country ? [] : [countryName(at, "en").toUpperCase()];
  return [...names, ...(careOf ? [`c/o ${careOf}`] : []), ...places, ...abroad].map(tidy).filter(Boolean);
}

function townLines({ city, region, postalCode }: Address, order: Order): string[] {
  // What the order has no place for but somebody typed is not lost: it has a line of its own.
  const whole = [order, ...["S", "Z"].filter((part) => !order.includes(part))].join("/");
  return whole.split("/").map((line) => {
    const filled = line.replace(
      /[CSZ]/g,
      (part) => ({ C: city, S: region, Z: postalCode })[part as "C" | "S" | "Z"] ?? "",
    );
    return filled.replace(/^[\s,-]+|[\s,-]+$/g, "").replace(/\s*[,-](\s*[,-])+/g, ",");
  });
}

/** Two spaces stand before a Canadian and an Australian postcode, and nowhere else. */
function tidy(line: string): string {
  return line
    .trim()
    .replace(/[\t\n]+/g, " ")
    .replace(/, +/g, ", ")
    .replace(/ {3,}/g, "  ");
}
