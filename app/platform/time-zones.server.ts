/** The time zones of the IANA database that this machine knows, under the names that people use today. */
import { isTimeZone } from "~/platform/time";

/** ICU keeps places under the names they had when they were first listed (CLDR's stable ids); these are today's. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const today = (zone: string) => renamed[zone] ?? zone;

/** Every zone to choose from, by name; UTC last. */
export const timeZoneNames: readonly string[] = [
  ...Intl.supportedValuesOf("timeZone").map(today).filter(isTimeZone).sort(),
  "UTC",
].filter((zone, at, all) => all.indexOf(zone) === at);

const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, "_");

/**
 * The zone that somebody means: "europe/berlin", "Berlin", "New York", or an older name ("Asia/Calcutta"). Null when
 * there is none, or more than one city of that name.
 */
export function timeZoneNamed(text: string): string | null {
  const typed = plain(text);
  const exact = timeZoneNames.find((zone) => zone.toLowerCase() === typed);
  if (exact) return exact;
  const cities = timeZoneNames.filter((zone) => zone.toLowerCase().endsWith(`/${typed}`));
  if (cities.length > 0) return cities.length === 1 ? (cities[0] ?? null) : null;
  return isTimeZone(text.trim()) ? today(canonical(text.trim())) : null;
}

/** Links such as "US/Eastern" lead to a place's own name. */
function canonical(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}
