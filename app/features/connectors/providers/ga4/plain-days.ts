/** Plain dates, as "2026-11-21". */

const DAY_MS = 24 * 60 * 60 * 1000;

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Which day it is in a zone. */
export function dayIn(timeZone: string, instant: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const found = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${found.year}-${found.month}-${found.day}`;
}

/** Of "20261121", as Google writes dates; null: it is none. */
export function plainDate(text: string | undefined): string | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? "") ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}
