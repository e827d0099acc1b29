/** What an administrator may change of an account. Its address (the slug) stays: links and bookmarks lead there. */
import { type AccountFacts } from "~/platform/scope.server";

export type Settings = Pick<
  AccountFacts,
  | "name"
  | "postalAddress"
  | "colour"
  | "phoneCountry"
  | "timeZone"
  | "locale"
  | "currency"
  | "ownContactsOnly"
  | "retentionDays"
  | "importAskPercent"
>;
export type Setting = keyof Settings;

export const colourNames = ["Purple", "Blue", "Teal", "Red", "Brown", "Indigo", "Green", "Pink"] as const;

export const colourOptions = colourNames.map((label, i) => ({ value: String(i + 1), label }));

/** How long what was told and what was sent may be kept. */
export const retentionChoices = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 180, label: "6 months" },
  { days: 365, label: "1 year" },
  { days: 1_095, label: "3 years" },
] as const;

/** From which share on an import asks before it changes the contacts that it is about. At 100 nothing is ever more. */
export const importAskChoices = [
  { percent: 10, label: "A tenth of them" },
  { percent: 25, label: "A quarter of them" },
  { percent: 33, label: "A third of them" },
  { percent: 50, label: "Half of them" },
  { percent: 75, label: "Three quarters of them" },
  { percent: 100, label: "Never ask" },
] as const;

export function settingsOf(account: AccountFacts): Settings {
  const { name, colour, phoneCountry, timeZone, locale, currency, ...others } = account;
  const { postalAddress, ownContactsOnly, retentionDays, importAskPercent } = others;
  const formats = { phoneCountry, timeZone, locale, currency };
  return { name, postalAddress, colour, ...formats, ownContactsOnly, retentionDays, importAskPercent };
}
