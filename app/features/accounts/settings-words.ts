import { phoneCountryOptions } from "~/features/accounts/countries";
import {
  colourNames,
  importAskChoices,
  retentionChoices,
  type Setting,
  type Settings,
} from "~/features/accounts/settings";
import { localeName } from "~/platform/locales.server";

/** How a setting's value reads in a sentence. */
const words: { [Name in Setting]: (value: Settings[Name]) => string } = {
  name: (name) => `“${name}”`,
  postalAddress: (lines) => (lines === "" ? "no address" : `“${lines.replaceAll("\n", ", ")}”`),
  colour: (colour) => colourNames[colour - 1] ?? String(colour),
  timeZone: (zone) => zone,
  locale: localeName,
  currency: (code) => code,
  phoneCountry: (code) => phoneCountryOptions().find(({ value }) => value === code)?.label ?? code,
  ownContactsOnly: (isOn) => (isOn ? "their own contacts only" : "all contacts"),
  retentionDays: (days) => retentionChoices.find((choice) => choice.days === days)?.label ?? `${days} days`,
  importAskPercent: (percent) => importAskChoices.find((choice) => choice.percent === percent)?.label ?? `${percent} %`,
};

export function settingText<Name extends Setting>(setting: Name, values: Settings): string {
  return words[setting](values[setting]);
}
