/** The ways of writing dates, numbers and amounts that can be chosen: languages as CLDR knows them, with an example. */
import { formatMoney } from "~/platform/money";
import { formatDate } from "~/platform/time";

/** Pages speak English whatever is chosen. What is written from right to left alone is left out, but Arabic is asked for. */
const tags = (
  "ar-EG ar-MA bg-BG bn-BD ca-ES cs-CZ cy-GB da-DK de-AT de-CH de-DE el-GR " +
  "en-AT en-AU en-BE en-CA en-CH en-CZ en-DE en-DK en-ES en-FI en-FR en-GB en-GH en-IE en-IN en-IT en-KE en-NG en-NL " +
  "en-NO en-NZ en-PL en-PT en-SE en-SG en-US en-ZA " +
  "es-ES es-MX et-EE eu-ES fi-FI fr-BE fr-CA fr-CH fr-FR ga-IE gl-ES gu-IN hi-IN hi-IN-u-nu-deva hr-HR hu-HU id-ID " +
  "is-IS it-CH it-IT ja-JP ko-KR lt-LT lv-LV mr-IN ms-MY mt-MT nb-NO ne-NP nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO " +
  "sk-SK sl-SI sr-RS sv-FI sv-SE sw-KE ta-IN te-IN th-TH tr-TR uk-UA vi-VN zh-CN zh-TW"
).split(" ");

const offered: ReadonlySet<string> = new Set(tags);

export function isOfferedLocale(tag: string): boolean {
  return offered.has(tag);
}

const names = new Intl.DisplayNames(["en-GB"], { type: "language", languageDisplay: "standard" });

/** "German (Switzerland)"; "Hindi (India), Devanagari digits". */
export function localeName(tag: string): string {
  const { numberingSystem, baseName } = new Intl.Locale(tag);
  const name = names.of(baseName) ?? tag;
  return numberingSystem === "deva" ? `${name}, Devanagari digits` : name;
}

/** "21 November 2026 · £1,234.50". The number's groups and decimal mark show in the amount. */
export function localeExample(tag: string, { currency, date }: { currency: string; date: string }): string {
  const amount = formatMoney({ minor: currencyExample, currency }, tag);
  return `${formatDate({ locale: tag, timeZone: "UTC" }, date)} · ${amount}`;
}

/** Long enough to show groups, whatever decimals the currency has. */
const currencyExample = 123_456_750n;

/** Every locale by its English name, each with a date and an amount as it writes them; with `present`, if that is another. */
export function localeOptions(example: { currency: string; date: string }, present: string | null = null) {
  const all = present && !offered.has(present) ? [...tags, present] : tags;
  return all
    .map((tag) => ({ value: tag, name: localeName(tag) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ value, name }) => ({ value, label: `${name}: ${localeExample(value, example)}` }));
}
