/** In which time zone somebody lives, where nobody said so: by their address, else by their phone number. Pure. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { type Address, type ContactValues } from "~/features/contacts/contact";
import { areaCodes, sharedCodes } from "~/features/contacts/values/phone-zone-facts";
import { dividedCountries } from "~/features/contacts/values/time-zone-facts";
import { fold } from "~/platform/fold.server";
import { timeZoneNamed } from "~/platform/time-zones.server";

export interface DerivedZone {
  zone: string;
  from: "address" | "phone";
}

/**
 * The zone of the first address that tells, else of the first phone; null where none does.
 * @param country ISO 3166-1 alpha-2: where an address without a country lies
 */
export function deriveTimeZone(
  { addresses, phones }: Pick<ContactValues, "addresses" | "phones">,
  country: string,
): DerivedZone | null {
  for (const address of addresses) {
    const zone = zoneOfAddress(address, country);
    if (zone) return { zone, from: "address" };
  }
  for (const phone of phones) {
    const zone = zoneOfPhone(phone.value);
    if (zone) return { zone, from: "phone" };
  }
  return null;
}

function zoneOfAddress({ country, region, postalCode, city }: Address, home: string): string | null {
  const at = country ?? home;
  const divided = dividedCountries[at];
  if (!divided) return onlyZone(at);
  const byPostcode = postalCode && longestPrefix(divided.byPostcode, fold(postalCode).replace(/[^a-z0-9]/g, ""));
  return byPostcode || (regionOf(divided.byRegion, region) ?? regionOf(divided.byRegion, city) ?? divided.otherwise);
}

function regionOf(table: Record<string, string>, text: string | null): string | null {
  const name = text ? fold(text) : "";
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

const onlyZones = new Map<string, string | null>();

/** The zone of a country that has just one. */
function onlyZone(country: string): string | null {
  if (!/^[A-Z]{2}$/.test(country)) return null;
  const known = onlyZones.get(country);
  if (known !== undefined) return known;
  // TypeScript's library does not know `timeZones` yet (ECMA-402, "Intl Locale Info").
  const { timeZones = [] } = new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[] };
  const zone = timeZones.length === 1 ? timeZoneNamed(timeZones[0] ?? "") : null;
  onlyZones.set(country, zone);
  return zone;
}

/** What a table says of the longest of its prefixes that a text begins with. `324-325` are all prefixes between. */
function longestPrefix(table: Record<string, string>, text: string): string | null {
  let [found, length] = [null as string | null, 0];
  for (const [prefixes, zone] of Object.entries(table)) {
    const [low = "", high = low] = prefixes.split("-");
    const start = text.slice(0, low.length);
    if (low.length > length && start >= low && start <= high) [found, length] = [zone, low.length];
  }
  return found;
}

function zoneOfPhone(value: string): string | null {
  const number = /^\+\d+/.exec(value)?.[0];
  const parsed = number ? parsePhoneNumberFromString(number) : undefined;
  if (!parsed) return null;
  const areas = areaCodes[parsed.countryCallingCode];
  if (areas) return firstKnown(areas, parsed.nationalNumber);
  return zoneOfCountry(sharedCodes[parsed.countryCallingCode] ?? parsed.country);
}

function zoneOfCountry(country: string | undefined): string | null {
  if (!country) return null;
  const divided = dividedCountries[country];
  return divided ? divided.otherwise : onlyZone(country);
}

function firstKnown(table: ReadonlyMap<string, string>, number: string): string | null {
  return [3, 2, 1].map((length) => table.get(number.slice(0, length))).find(Boolean) ?? null;
}
