import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { readPhone } from "~/features/contacts/values/phone-number";

/** Numbers already written out: reading one takes some 30 µs, and a list shows fifty, mostly the same ones again. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

/**
 * A stored number as people at `home` write it: one of their own country without its code, `020 7946 0182`, any other
 * with it, `+49 30 23125014`; one without an international form as it was typed. What this writes reads back as the same.
 * @param home ISO 3166-1 alpha-2: how the account reads a number without a country code
 */
export function phoneText(value: string, home: string): string {
  const key = `${home} ${value}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const [number = "", extension] = value.split(/(?= ext\. )/);
  const text = (number.startsWith("+") ? written(number, home) : number) + (extension ?? "");
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, text);
  return text;
}

/** @param number E.164 */
function written(number: string, home: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed?.isPossible()) return number;
  // Numbers that no country has given out (those kept for films) are at home wherever their code is.
  const isHome = (parsed.country ?? parsed.countryCallingCode) === (parsed.country ? home : callingCode(home));
  const ways = [...(isHome ? [parsed.formatNational()] : []), parsed.formatInternational()];
  return ways.find((text) => readsAs(text, home) === number) ?? number;
}

function callingCode(home: string): string | null {
  return isSupportedCountry(home) ? getCountryCallingCode(home) : null;
}

function readsAs(text: string, home: string): string | null {
  const reading = readPhone(text, home);
  return reading.ok ? reading.value : null;
}

/** For a link that dials. Null where there is nothing a telephone could dial abroad. */
export function phoneHref(value: string): string | null {
  const [number = ""] = value.split(" ");
  return /^\+\d{5,15}$/.test(number) ? `tel:${number}` : null;
}
