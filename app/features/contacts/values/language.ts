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

/** What a list offers, by name; with `kept` among it, whatever that is. */
export function listLanguages(locale: string, kept: string | null): { value: string; label: string }[] {
  const order = new Intl.Collator(locale);
  return [...new Set(kept ? [...offered, kept] : offered)]
    .map((value) => ({ value, label: languageName(value, locale) }))
    .sort((a, b) => order.compare(a.label, b.label));
}
