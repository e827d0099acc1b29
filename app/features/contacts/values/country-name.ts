import { getCountries } from "libphonenumber-js/min";

/** Languages in which people write countries' names into lists. */
const languages = ["en", "de", "fr", "es", "it", "nl", "pt", "pl"];
const otherNames: Record<string, string> = {
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  "n ireland": "GB",
  "great britain & northern ireland": "GB",
  "great britain & n ireland": "GB",
  "united kingdom of great britain & northern ireland": "GB",
  "republic of ireland": "IE",
  eire: "IE",
  usa: "US",
  "united states of america": "US",
  holland: "NL",
  deutschland: "DE",
  brd: "DE",
  "czech republic": "CZ",
  "tschechische republik": "CZ",
  "slovak republic": "SK",
  turkey: "TR",
  "russian federation": "RU",
  korea: "KR",
  "republic of korea": "KR",
  "hong kong": "HK",
  macao: "MO",
  macau: "MO",
  "ivory coast": "CI",
  uae: "AE",
};

let names: Map<string, string> | null = null;

/** "The Netherlands" and "Bosnia and Herzegovina" are "Netherlands" and "Bosnia & Herzegovina". */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}.]+/gu, "")
    .trim()
    .replace(/^the\s+/, "")
    .replace(/\s+and\s+/g, " & ");
}

function allNames(): Map<string, string> {
  const found = new Map(Object.entries(otherNames));
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: "region" });
    for (const code of getCountries()) found.set(plain(display.of(code) ?? code), code);
  }
  for (const code of getCountries()) found.set(code.toLowerCase(), code);
  return found;
}

/** A country as it is stored: ISO 3166-1 alpha-2 where the name or code is known in one of eight languages, else as typed. */
export function countryCode(text: string): string {
  names ??= allNames();
  return names.get(plain(text)) ?? text;
}

/** Every country, by its name in a language, for a list to choose from. */
export function listCountries(locale: string): { code: string; name: string }[] {
  const display = new Intl.DisplayNames([locale], { type: "region" });
  const order = new Intl.Collator(locale);
  return getCountries()
    .map((code) => ({ code, name: display.of(code) ?? code }))
    .sort((a, b) => order.compare(a.name, b.name));
}

const displays = new Map<string, Intl.DisplayNames>();

/** A country's name in a language; what is no ISO 3166-1 alpha-2 code is a name already. */
export function countryName(code: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const display = displays.get(locale) ?? new Intl.DisplayNames([locale], { type: "region" });
  displays.set(locale, display);
  return display.of(code) ?? code;
}

/** English puts "the" before these: "the United Kingdom", "the Netherlands". */
const withArticle =
  /^(?:United |Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Vatican|Central African|Dominican Rep|Isle of|Congo)|Islands$|Territor(?:y|ies)$/;

/** A country as it stands in a sentence after "from" or "in": "the United Kingdom", "Germany". */
export function inCountry(code: string, locale: string): string {
  const name = countryName(code, locale);
  return locale.startsWith("en") && withArticle.test(name) ? `the ${name}` : name;
}
