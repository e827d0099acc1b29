/** Where a firm is tells its language, money, time and how its phone numbers are read; each can be changed afterwards. */
import { type AccountFacts } from "~/platform/scope.server";

type Customs = Pick<AccountFacts, "timeZone" | "locale" | "currency" | "phoneCountry">;

const table: readonly [phoneCountry: string, name: string, locale: string, currency: string, timeZone: string][] = [
  ["AU", "Australia", "en-AU", "AUD", "Australia/Sydney"],
  ["AT", "Austria", "de-AT", "EUR", "Europe/Vienna"],
  ["BE", "Belgium", "nl-BE", "EUR", "Europe/Brussels"],
  ["CA", "Canada", "en-CA", "CAD", "America/Toronto"],
  ["CZ", "Czechia", "cs-CZ", "CZK", "Europe/Prague"],
  ["DK", "Denmark", "da-DK", "DKK", "Europe/Copenhagen"],
  ["FI", "Finland", "fi-FI", "EUR", "Europe/Helsinki"],
  ["FR", "France", "fr-FR", "EUR", "Europe/Paris"],
  ["DE", "Germany", "de-DE", "EUR", "Europe/Berlin"],
  ["GH", "Ghana", "en-GH", "GHS", "Africa/Accra"],
  ["IN", "India", "en-IN", "INR", "Asia/Kolkata"],
  ["IE", "Ireland", "en-IE", "EUR", "Europe/Dublin"],
  ["IT", "Italy", "it-IT", "EUR", "Europe/Rome"],
  ["JP", "Japan", "ja-JP", "JPY", "Asia/Tokyo"],
  ["KE", "Kenya", "en-KE", "KES", "Africa/Nairobi"],
  ["KW", "Kuwait", "ar-KW", "KWD", "Asia/Kuwait"],
  ["LU", "Luxembourg", "fr-LU", "EUR", "Europe/Luxembourg"],
  ["NL", "Netherlands", "nl-NL", "EUR", "Europe/Amsterdam"],
  ["NZ", "New Zealand", "en-NZ", "NZD", "Pacific/Auckland"],
  ["NG", "Nigeria", "en-NG", "NGN", "Africa/Lagos"],
  ["NO", "Norway", "nb-NO", "NOK", "Europe/Oslo"],
  ["PL", "Poland", "pl-PL", "PLN", "Europe/Warsaw"],
  ["PT", "Portugal", "pt-PT", "EUR", "Europe/Lisbon"],
  ["SG", "Singapore", "en-SG", "SGD", "Asia/Singapore"],
  ["ZA", "South Africa", "en-ZA", "ZAR", "Africa/Johannesburg"],
  ["ES", "Spain", "es-ES", "EUR", "Europe/Madrid"],
  ["SE", "Sweden", "sv-SE", "SEK", "Europe/Stockholm"],
  ["CH", "Switzerland", "de-CH", "CHF", "Europe/Zurich"],
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
