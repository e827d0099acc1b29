import { addDays, anniversary, parseDate } from "~/platform/time";

/** A birthday that comes round: on which day, and how old they will be (null: the year of birth is not known). */
export interface ComingBirthday {
  /** Plain date. */
  on: string;
  turns: number | null;
}

/**
 * The days of the year (`03-14`) whose birthdays are kept from `today` on, for so many days. Who was born on 29 February
 * keeps it on the 28th where the year has no 29th.
 */
export function comingDays(today: string, days: number): string[] {
  const dates = Array.from({ length: days }, (_, ahead) => addDays(today, ahead));
  const found = dates.map((date) => date.slice(5));
  const withoutLeapDay = dates.some((date) => date.endsWith("-02-28") && addDays(date, 1).endsWith("-03-01"));
  return withoutLeapDay ? [...found, "02-29"] : found;
}

/** When a birthday (`1958-03-14` or `--03-14`) is next kept, today included. */
export function nextBirthday(birthday: string, today: string): ComingBirthday | null {
  // 2000 had a 29 February.
  const born = parseDate(birthday.startsWith("--") ? `2000${birthday.slice(1)}` : birthday);
  const now = parseDate(today);
  if (!born || !now) return null;
  const date = `2000${birthday.slice(-6)}`;
  const thisYear = anniversary(date, now.year);
  const on = thisYear >= today ? thisYear : anniversary(date, now.year + 1);
  return { on, turns: birthday.startsWith("--") ? null : Number(on.slice(0, 4)) - born.year };
}
