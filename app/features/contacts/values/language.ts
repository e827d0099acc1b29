/** The language in which one writes to a contact: BCP 47, chosen by its name. */

/** What a list offers; an import may bring any other. */
const offered = [
  ...["ar", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "de-AT", "de-CH", "el", "en", "en-GB", "en-US", "es"],
  ...["es-MX", "et", "eu", "fa", "fi", "fr", "fr-CA", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it"],
  ...["ja", "ka", "ko", "lt", "lv", "mk", "ms", "mt", "nl", "nl-BE", "no", "pa", "pl", "pt", "pt-BR", "ro", "ru", "sk"],
  ...["sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi", "yo", "zh-Hans", "zh-Hant"],
];

/** "German", "Portuguese (Brazil)"; what is no language tag stays as it is. */
export function languageName(tag: string, locale: string): string {
  if (!isLanguage(tag)) return tag;
  const names = new Intl.DisplayNames([locale], { type: "language", languageDisplay: "standard" });
  return names.of(tag) ?? tag;
}

/** Whether it is well formed and of a language that has a name. */
export function isLanguage(tag: string): boolean {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return false;
  const [language = ""] = tag.split("-");
  const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  try {
    return names.of(tag) !== undefined && names.of(language) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Scripts, as POSIX locales name them, by their codes of ISO 15924. */
const scripts: Readonly<Record<string, string>> = { latin: "Latn", latn: "Latn", cyrillic: "Cyrl", cyrl: "Cyrl" };

/**
 * The language tag in a locale as many systems write it (POSIX.1, XBD 8.2: `language_TERRITORY.codeset@modifier`):
 * `en_GB`, `de_CH.UTF-8`, `sr@latin`; null where it is none. What of it says nothing of the language is left out.
 */
export function languageOfLocale(text: string): string | null {
  const [, language, territory, modifier = ""] =
    /^([A-Za-z]{2,3})(?:_([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?(?:@([A-Za-z]+))?$/.exec(text) ?? [];
  if (!language) return null;
  const script = scripts[modifier.toLowerCase()];
  const tag = [language.toLowerCase(), script, territory?.toUpperCase()].filter(Boolean).join("-");
  return isLanguage(tag) ? tag : null;
}

/** Languages in which people write languages' names into lists. */
const writtenIn = ["en", "de", "fr", "es", "it", "nl", "pt", "pl"];
const namesByLocale = new Map<string, ReadonlyMap<string, string>>();

function namesIn(locale: string): ReadonlyMap<string, string> {
  const kept = namesByLocale.get(locale);
  if (kept) return kept;
  const names = new Map<string, string>();
  for (const tag of offered) names.set(languageName(tag, locale).toLowerCase(), tag);
  if (namesByLocale.size < 50) namesByLocale.set(locale, names);
  return names;
}

/** The language that goes by this name in the reader's language, in its own, or in one of eight: "German", "Deutsch"; else null. */
export function languageNamed(text: string, locale: string): string | null {
  const name = text.trim().toLowerCase();
  for (const each of [locale, ...writtenIn]) {
    const tag = namesIn(each).get(name);
    if (tag) return tag;
  }
  return offered.find((tag) => languageName(tag, tag).toLowerCase() === name) ?? null;
}

/** What a list offers, by name; with `kept` among it, whatever that is. */
export function listLanguages(locale: string, kept: string | null): { value: string; label: string }[] {
  const order = new Intl.Collator(locale);
  return [...new Set(kept ? [...offered, kept] : offered)]
    .map((value) => ({ value, label: languageName(value, locale) }))
    .sort((a, b) => order.compare(a.label, b.label));
}
