/** Where a firm is tells its language, money, time and how its phone numbers are read; each can be changed afterwards. */
import { getCountries } from "libphonenumber-js/min";
import { type AccountFacts } from "~/platform/scope.server";

// Locales are English as it is written there (CLDR): the pages speak English, and "3 May 2026" or "1.234,50" follow the place.
type Customs = Pick<AccountFacts, "timeZone" | "locale" | "currency" | "phoneCountry">;

const table: readonly [phoneCountry: string, name: string, locale: string, currency: string, timeZone: string][] = [
  ["AU", "Australia", "en-AU", "AUD", "Australia/Sydney"],
  ["AT", "Austria", "en-AT", "EUR", "Europe/Vienna"],
  ["BE", "Belgium", "en-BE", "EUR", "Europe/Brussels"],
  ["CA", "Canada", "en-CA", "CAD", "America/Toronto"],
  ["CZ", "Czechia", "en-CZ", "CZK", "Europe/Prague"],
  ["DK", "Denmark", "en-DK", "DKK", "Europe/Copenhagen"],
  ["FI", "Finland", "en-FI", "EUR", "Europe/Helsinki"],
  ["FR", "France", "en-FR", "EUR", "Europe/Paris"],
  ["DE", "Germany", "en-DE", "EUR", "Europe/Berlin"],
  ["GH", "Ghana", "en-GH", "GHS", "Africa/Accra"],
  ["IN", "India", "en-IN", "INR", "Asia/Kolkata"],
  ["IE", "Ireland", "en-IE", "EUR", "Europe/Dublin"],
  ["IT", "Italy", "en-IT", "EUR", "Europe/Rome"],
  ["JP", "Japan", "en-JP", "JPY", "Asia/Tokyo"],
  ["KE", "Kenya", "en-KE", "KES", "Africa/Nairobi"],
  ["KW", "Kuwait", "en-GB", "KWD", "Asia/Kuwait"],
  ["LU", "Luxembourg", "en-BE", "EUR", "Europe/Luxembourg"],
  ["NL", "Netherlands", "en-NL", "EUR", "Europe/Amsterdam"],
  ["NZ", "New Zealand", "en-NZ", "NZD", "Pacific/Auckland"],
  ["NG", "Nigeria", "en-NG", "NGN", "Africa/Lagos"],
  ["NO", "Norway", "en-NO", "NOK", "Europe/Oslo"],
  ["PL", "Poland", "en-PL", "PLN", "Europe/Warsaw"],
  ["PT", "Portugal", "en-PT", "EUR", "Europe/Lisbon"],
  ["SG", "Singapore", "en-SG", "SGD", "Asia/Singapore"],
  ["ZA", "South Africa", "en-ZA", "ZAR", "Africa/Johannesburg"],
  ["ES", "Spain", "en-ES", "EUR", "Europe/Madrid"],
  ["SE", "Sweden", "en-SE", "SEK", "Europe/Stockholm"],
  ["CH", "Switzerland", "en-CH", "CHF", "Europe/Zurich"],
  ["GB", "United Kingdom", "en-GB", "GBP", "Europe/London"],
  ["US", "United States", "en-US", "USD", "America/New_York"],
];

/** The choice of countries, by name. */
export const countryOptions = table.map(([value, label]) => ({ value, label }));

/** What is customary there, or null for a code that is not offered. */
export function customsOf(country: string): Customs | null {
  const row = table.find(([code]) => code === country);
  if (!row) return null;
  const [phoneCountry, , locale, currency, timeZone] = row;
  return { phoneCountry, locale, currency, timeZone };
}

const phoneCountries: ReadonlySet<string> = new Set(getCountries());

/** Whether it is known how phone numbers are written there. ISO 3166-1 alpha-2. */
export function isPhoneCountry(code: string): boolean {
  return phoneCountries.has(code);
}

/** Every country that has phones, by its English name. */
export function phoneCountryOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(["en-GB"], { type: "region" });
  return [...phoneCountries]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}
