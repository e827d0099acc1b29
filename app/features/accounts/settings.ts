/** What an administrator may change of an account. Its address (the slug) stays: links and bookmarks lead there. */
import { type AccountFacts } from "~/platform/scope.server";

export type Settings = Pick<
  AccountFacts,
  "name" | "colour" | "phoneCountry" | "timeZone" | "locale" | "currency" | "ownContactsOnly" | "retentionDays"
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

export function settingsOf(account: AccountFacts): Settings {
  const { name, colour, phoneCountry, timeZone, locale, currency, ownContactsOnly, retentionDays } = account;
  return { name, colour, phoneCountry, timeZone, locale, currency, ownContactsOnly, retentionDays };
}
