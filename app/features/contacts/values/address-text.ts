import { type Address } from "~/features/contacts/contact";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { countryName } from "~/features/contacts/values/country-name";

/** Where an account is at home, for writing what it knows: its own country goes without saying. */
export interface Home {
  /** BCP 47, for the names of other countries. */
  locale: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Its own fields, where they matter. */
  fields?: readonly FieldDefinition[];
}

export function homeOf(
  { locale, phoneCountry }: { locale: string; phoneCountry: string },
  fields?: readonly FieldDefinition[],
): Home {
  return { locale, country: phoneCountry, fields };
}

/** Where the postcode has the end of the line to itself: "Leeds, West Yorkshire, LS1 4AP". */
const postcodeLast = new Set(["GB", "IE", "GG", "JE", "IM", "GI", "MT", "IN"]);
/** Where it follows the state: "Springfield, IL 62701". Elsewhere it stands before the town: "10115 Berlin". */
const postcodeAfterRegion = new Set(["US", "CA", "AU"]);

/** An address on one line in its country's order (Universal Postal Union, "Addressing systems"), the country last. */
export function addressText({ street, city, region, postalCode, country }: Address, home: Home): string {
  const at = country ?? home.country;
  const town = townLine({ city, region, postalCode }, at);
  const abroad = country !== null && country !== home.country ? countryName(country, home.locale) : null;
  return [street, ...town, abroad]
    .filter(Boolean)
    .join(", ")
    .replace(/\s*\n\s*/g, ", ");
}

function townLine({ city, region, postalCode }: Pick<Address, "city" | "region" | "postalCode">, country: string) {
  if (postcodeLast.has(country)) return [city, region, postalCode];
  if (postcodeAfterRegion.has(country)) return [city, [region, postalCode].filter(Boolean).join(" ")];
  return [[postalCode, city].filter(Boolean).join(" "), region];
}
