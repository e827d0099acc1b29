/**
 * Time as this house writes it: instants are ISO 8601 in UTC with milliseconds (`2026-05-03T14:10:00.000Z`), plain dates
 * `2026-05-03`. Zones and languages are Intl's. Shown dates spell the month, so that nobody misreads them.
 */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether `text` is an instant exactly as this house writes it. */
export function isInstant(text: string): boolean {
  if (!instantPattern.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** `instant` moved by milliseconds, forwards or (negative) back. */
export function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative when `to` is the earlier. */
export function millisecondsBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** 28 to 31; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

interface DateParts {
  year: number;
  month: number;
  day: number;
}

/** The parts of a plain date that exists in the calendar, else null: 2027-02-29 and 2026-13-01 are no dates. */
export function parseDate(text: string): DateParts | null {
  const found = datePattern.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

export function isDate(text: string): boolean {
  return parseDate(text) !== null;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

function writeDate({ year, month, day }: DateParts): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

function partsOrThrow(date: string): DateParts {
  const parts = parseDate(date);
  if (!parts) throw new RangeError("Not a plain date");
  return parts;
}

/** The plain date so many days later (negative: earlier). Throws a RangeError when `date` is none. */
export function addDays(date: string, days: number): string {
  partsOrThrow(date);
  const moved = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
  return writeDate({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

/** Whole days from one plain date to another. */
export function daysBetween(from: string, to: string): number {
  partsOrThrow(from);
  partsOrThrow(to);
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The same day so many months later; 31 January and one month is the last of February. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = partsOrThrow(date);
  const count = year * 12 + (month - 1) + months;
  const moved = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return writeDate({ ...moved, day: Math.min(day, daysInMonth(moved.year, moved.month)) });
}

/** The anniversary of a date in a year: of 29 February it is 28 February where there is no 29th. */
export function anniversary(date: string, year: number): string {
  return addMonths(date, (year - partsOrThrow(date).year) * 12);
}

const zones = new Map<string, boolean>();

/** Whether this machine knows the IANA zone, e.g. `Europe/London`. */
export function isTimeZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const answer = knowsZone(zone);
  if (zones.size < 1_000) zones.set(zone, answer);
  return answer;
}

function knowsZone(zone: string): boolean {
  // "+01:00" is an offset, not a place: it knows no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Which day it is at that instant in that zone. */
export function dateIn(timeZone: string, instant: string): string {
  const parts = formatter("en-CA", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  // "2026-11-21" already, but for the years before 1000.
  return parts.format(new Date(instant)).padStart(10, "0");
}

/** The first instant of a day in a zone: where clocks skip midnight, the first that exists. */
export function startOfDay(timeZone: string, date: string): string {
  partsOrThrow(date);
  const utc = Date.parse(`${date}T00:00:00Z`);
  // Zones lie between UTC−12 and UTC+14: the day begins in this span. Halved to the millisecond.
  let [low, high] = [utc - 15 * HOUR_MS, utc + 13 * HOUR_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dateIn(timeZone, new Date(middle).toISOString()) < date) low = middle;
    else high = middle;
  }
  return new Date(high).toISOString();
}

/** Where and in which language something is shown; an account's facts fit. */
export interface Place {
  timeZone: string;
  locale: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes 50 µs and more, using one 1 µs: a table of 50 rows would notice. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const kept = formatters.get(key);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat(locale, options);
  if (formatters.size < 500) formatters.set(key, made);
  return made;
}

/** "3 May 2026" in the locale's own words and order, by the Gregorian calendar everywhere; takes a plain date or an instant (then the day in the zone). */
export function formatDate(place: Place, value: string): string {
  return dateText(place, value, "long");
}

function dateText(place: Place, value: string, month: "long" | "short"): string {
  const date = isDate(value) ? value : dateIn(place.timeZone, value);
  const options = { timeZone: "UTC", calendar: "gregory", day: "numeric", month, year: "numeric" } as const;
  return formatter(place.locale, options).format(new Date(`${date}T12:00:00Z`));
}

/** "21 Nov 2026", for tables: the month is a word there too, but a short one. */
export function formatShortDate(place: Place, value: string): string {
  return dateText(place, value, "short");
}

/** "3 May 2026, 15:10" in the zone. */
export function formatInstant(place: Place, instant: string): string {
  return `${formatDate(place, instant)}, ${formatTime(place, instant)}`;
}

/** "15:10" in the zone, as the locale writes it. */
export function formatTime(place: Place, instant: string): string {
  const options = { timeZone: place.timeZone, hour: "2-digit", minute: "2-digit" } as const;
  return formatter(place.locale, options).format(new Date(instant));
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365.25 * DAY_MS],
  ["month", 30.44 * DAY_MS],
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
  ["second", SECOND_MS],
];

/** "2 hours ago", "in 3 days", "yesterday": for a title beside the date itself. */
export function formatRelative(locale: string, instant: string, now: string): string {
  const distance = millisecondsBetween(now, instant);
  const [unit, size] = steps.find(([, size]) => Math.abs(distance) >= size) ?? ["second", SECOND_MS];
  return relativeFormatter(locale).format(Math.trunc(distance / size), unit);
}

const relativeFormatters = new Map<string, Intl.RelativeTimeFormat>();

/** Kept like the others: see `formatter`. */
function relativeFormatter(locale: string): Intl.RelativeTimeFormat {
  const made = relativeFormatters.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (relativeFormatters.size < 500) relativeFormatters.set(locale, made);
  return made;
}

/** "2 min 10 s", "3 h 4 min": how long something took or will take. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return "less than a second";
  const seconds = Math.round(milliseconds / SECOND_MS);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
