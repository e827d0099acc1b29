/** Dates as people type them: "14 March 1958", "14.3.1958", "March 14", "1958-03-14". Pure. */
import { plainDigits } from "~/platform/digits";
import { daysInMonth, formatDate, isDate } from "~/platform/time";

export interface TypedDate {
  /** Null: none was given. */
  year: number | null;
  month: number;
  day: number;
}

export type DateReading = ({ ok: true } & TypedDate) | { ok: false; reason: string };

/** Where a date of figures only is written with its month first. */
const monthFirst = new Set(["US", "PH", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"]);

export function isMonthFirst(country: string): boolean {
  return monthFirst.has(country);
}

/** What dates of figures only are read by. */
interface DatePlace {
  /** ISO 3166-1 alpha-2 */
  country: string;
  locale: string;
  /** Where a list says so; absent: as the country writes them. */
  order?: "day-first" | "month-first" | "year-first";
  /** Days may have come as the numbers that spreadsheets keep: 21258 is 14 March 1958. */
  dayNumbers?: boolean;
}

/** Languages in which months are read, beside the reader's own. */
const languages = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da"];

const unreadable = (locale: string) => `This is no date that can be read. ${likeThis(locale)}`;
const likeThis = (locale: string) => `Write it like ${dayToType("1958-03-14", locale)}.`;

/**
 * A date that exists in the calendar, with or without its year. What could be two days (3/4/1958) is read as the
 * country writes it, and turned round where that gives no date.
 * @param country ISO 3166-1 alpha-2
 */
export function readTypedDate(text: string, place: DatePlace): DateReading {
  const parts = partsOf(text, place);
  if (!parts) return { ok: false, reason: unreadable(place.locale) };
  if ("reason" in parts) return { ok: false, reason: parts.reason };
  return checked(parts, place.locale);
}

type Parts = TypedDate | { reason: string };

function partsOf(text: string, { country, locale, order, dayNumbers = false }: DatePlace): Parts | null {
  const plain = plainText(text);
  if (dayNumbers && /^[1-9]\d{4}$/.test(plain)) return numberedParts(Number(plain));
  const stated = order === "month-first" || order === "day-first" ? order : null;
  return isoParts(plain) ?? namedParts(plain, locale) ?? figureParts(plain, stated, isMonthFirst(country));
}

/** Days since the end of 1899, with a 29 February 1900 that never was. */
function numberedParts(days: number): TypedDate {
  const date = new Date(Date.UTC(1899, 11, 30 + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function plainText(text: string): string {
  return plainDigits(text)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/(\d)(?:st|nd|rd|th|er|[ºª°])(?![a-z])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Year first, and the ways of vCards: `19580314`, `--0314`, `---14` is none. */
function isoParts(text: string): Parts | null {
  const found =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})()(\d\d)(\d\d)$/.exec(text) ??
    /^(--)()(\d\d)-?(\d\d)$/.exec(text);
  if (!found) return null;
  const [, year, , month, day] = found;
  return { year: year === "--" ? null : Number(year), month: Number(month), day: Number(day) };
}

const namesByLanguage = new Map<string, Map<string, number>>();

/** Months' names and short names as they stand in a date of this language, folded. */
function monthNames(language: string): Map<string, number> {
  const kept = namesByLanguage.get(language);
  if (kept) return kept;
  const names = new Map<string, number>();
  for (const month of ["long", "short"] as const) {
    for (const options of [{ month }, { day: "numeric", month }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC", calendar: "gregory" });
      for (let number = 1; number <= 12; number++) {
        const parts = format.formatToParts(Date.UTC(2000, number - 1, 14));
        const name = plainText(parts.find((part) => part.type === "month")?.value ?? "").replaceAll(".", "");
        if (/\p{L}/u.test(name)) names.set(name, number);
      }
    }
  }
  if (namesByLanguage.size < 50) namesByLanguage.set(language, names);
  return names;
}

function monthOf(word: string, locale: string): number | null {
  for (const language of [locale, ...languages]) {
    const month = monthNames(language).get(word);
    if (month) return month;
  }
  return word === "sept" ? 9 : null;
}

/** Small words that stand in a date: "the 14th of March", "14 de marzo de 1958". */
const filling = new Set(["the", "of", "de", "del", "den", "der", "le", "el", "il", "on", "am", "r"]);

/** One month by its name, one or two numbers. */
function namedParts(text: string, locale: string): Parts | null {
  const words = (text.match(/\p{L}+|\d+/gu) ?? []).filter((word) => !filling.has(word));
  const months = words.filter((word) => /\p{L}/u.test(word));
  const numbers = words.filter((word) => /\d/.test(word));
  const month = months.length === 1 ? monthOf(months[0] ?? "", locale) : null;
  if (month === null || numbers.length < 1 || numbers.length > 2) return null;
  return dayAndYear(numbers, month);
}

function dayAndYear(numbers: readonly string[], month: number): Parts | null {
  const year = numbers.find((number) => number.length > 2);
  const day = numbers.find((number) => number.length <= 2);
  if (day === undefined) return null;
  if (numbers.length === 2 && year === undefined) return shortYear;
  return { year: year === undefined ? null : Number(year), month, day: Number(day) };
}

const shortYear = { reason: "Write the year with four figures, like 1958." };

/** Figures only. With dots the day stands first everywhere, unless the list itself says otherwise. */
function figureParts(text: string, stated: "day-first" | "month-first" | null, isMonthFirst: boolean): Parts | null {
  const found = /^(\d{1,2}) ?([./-]) ?(\d{1,2})(?: ?\2 ?(\d+)?)?$/.exec(text);
  if (!found) return null;
  const [, first, sign, second, typedYear] = found;
  if (typedYear !== undefined && typedYear.length !== 4) return shortYear;
  const year = typedYear === undefined ? null : Number(typedYear);
  const [a, b] = [Number(first), Number(second)];
  const isDotted = sign === ".";
  const monthStands = stated ? stated === "month-first" : isMonthFirst && !isDotted;
  const wanted = monthStands ? { year, month: a, day: b } : { year, month: b, day: a };
  return isDotted && !monthStands ? wanted : turnedRound(wanted);
}

/** The other way where it gives no date, but that does. */
function turnedRound({ year, month, day }: TypedDate): TypedDate {
  return month > 12 && day <= 12 ? { year, month: day, day: month } : { year, month, day };
}

function checked({ year, month, day }: TypedDate, locale: string): DateReading {
  if (month < 1 || month > 12) return { ok: false, reason: `There is no such month. ${likeThis(locale)}` };
  if (year !== null && (year < 1 || year > 9999)) return { ok: false, reason: unreadable(locale) };
  if (day < 1) return { ok: false, reason: unreadable(locale) };
  // 2000 had a 29 February.
  const longest = daysInMonth(2000, month);
  if (day > longest) {
    const name = monthName(month);
    return { ok: false, reason: `There is no ${day} ${name}: ${name} ends with the ${ordinal(longest)}.` };
  }
  if (year !== null && day > daysInMonth(year, month)) {
    return { ok: false, reason: `There was no 29 February in ${year}: it was no leap year.` };
  }
  return { ok: true, year, month, day };
}

/** Made anew each time, which takes as long as reading a hundred dates: for refusals only. */
function monthName(month: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });
  return format.format(Date.UTC(2000, month - 1, 1));
}

function ordinal(day: number): string {
  return day === 31 ? "31st" : `${day}th`;
}

/** `1958-03-14`, `--03-14`. */
export function dateValue({ year, month, day }: TypedDate): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${year === null ? "-" : String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** A plain date as people write it, which reads back as the same; where it would not, as it is. */
export function dateToType(date: string, place: { country: string; locale: string }): string {
  if (!isDate(date)) return date;
  const text = formatDate({ timeZone: "UTC", locale: place.locale }, date);
  const parts = partsOf(text, place);
  return parts && !("reason" in parts) && dateValue(parts) === date ? text : date;
}

/** The same for an example beside a field: a day after the 12th, or with its month's name, reads alike everywhere. */
export function dayToType(date: string, locale: string): string {
  return dateToType(date, { country: "GB", locale });
}
