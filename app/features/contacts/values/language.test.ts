import { describe, expect, test } from "vitest";
import { languageOfLocale } from "~/features/contacts/values/language";

describe("a locale as systems write it", () => {
  test.each([
    ["en_GB", "en-GB"],
    ["de_CH", "de-CH"],
    ["de_ch", "de-CH"],
    ["es_419", "es-419"],
    ["fr", "fr"],
    ["de_DE.UTF-8", "de-DE"],
    ["nl_NL@euro", "nl-NL"],
    ["sr@latin", "sr-Latn"],
    ["sr@Cyrl", "sr-Cyrl"],
    ["sr_RS.UTF-8@latin", "sr-Latn-RS"],
  ])("%s is the language %s", (locale, tag) => {
    expect(languageOfLocale(locale)).toBe(tag);
  });

  test.each(["", "C", "POSIX", "en_", "_GB", "en_GBR", "qqq_GB", "German", "en GB"])("%j is none", (text) => {
    expect(languageOfLocale(text)).toBeNull();
  });
});
