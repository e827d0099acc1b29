import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

export type PhoneReading = { ok: true; value: string } | { ok: false; reason: string };

/**
 * A phone number as it is stored: E.164 (`+442079460182`, with ` ext. 12` where there is one); where a number has no
 * such form, such as an internal "4711", what was typed.
 * @param country ISO 3166-1 alpha-2: where a number without a country code is at home.
 */
export function readPhone(text: string, country: string): PhoneReading {
  const typed = text
    .normalize("NFKC")
    .replace(/^\s*tel:/i, "")
    .replace(/\s+/g, " ")
    .trim();
  const digits = typed.replace(/\D/g, "").length;
  if (digits < 3) return { ok: false, reason: "This is no phone number: it has hardly any digits." };
  if (typed.length > 60) return { ok: false, reason: "This is too long for one phone number." };
  const defaultCountry = isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry, extract: false });
  if (parsed?.isPossible()) return { ok: true, value: parsed.number + extension(parsed.ext) };
  if (/\p{L}/u.test(typed)) return { ok: false, reason: "This is no phone number: it has letters in it." };
  if (typed.startsWith("+") || digits > 15) {
    return { ok: false, reason: "This phone number has too few or too many digits for its country." };
  }
  return { ok: true, value: typed };
}

function extension(ext: string | undefined): string {
  return ext ? ` ext. ${ext}` : "";
}
