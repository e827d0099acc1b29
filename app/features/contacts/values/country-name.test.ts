import { expect, test } from "vitest";
import { countryCode } from "~/features/contacts/values/country-name";

test.each([
  ["NL", ["Netherlands", "The Netherlands", "Niederlande", "Holland", "nl"]],
  ["IE", ["Ireland", "Republic of Ireland", "the Republic of Ireland", "Éire"]],
  ["CZ", ["Czechia", "Czech Republic", "The Czech Republic", "Tschechische Republik"]],
  ["GB", ["United Kingdom", "U.K.", "Great Britain & N. Ireland", "Great Britain and Northern Ireland"]],
  ["US", ["USA", "U.S.A.", "The United States of America"]],
  ["TR", ["Türkiye", "Turkey"]],
  ["BA", ["Bosnia & Herzegovina", "Bosnia and Herzegovina"]],
])("%s is known by the names that people write", (code, names) => {
  expect(names.map(countryCode)).toEqual(names.map(() => code));
});

test("a country of another name stays as it was typed", () => {
  expect(["The Shire", "Yorkshire and Humber"].map(countryCode)).toEqual(["The Shire", "Yorkshire and Humber"]);
});
