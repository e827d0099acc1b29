/** How often somebody gets a report, in words. */
import { type HowOften } from "~/features/reconciliation/report/recipients.server";

export const oftenWords: Record<HowOften, string> = {
  each: "after each scheduled comparison",
  week: "after the first scheduled comparison of a week",
  month: "after the first scheduled comparison of a month",
};

export function isHowOften(text: string): text is HowOften {
  return Object.hasOwn(oftenWords, text);
}

export const oftenOptions = Object.entries(oftenWords).map(([value, words]) => ({
  value,
  label: words.charAt(0).toUpperCase() + words.slice(1),
}));
