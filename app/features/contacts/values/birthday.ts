/** Birthdays and days of death: how they are read, checked and shown. Pure; `1958-03-14`, or `--03-14` without a year. */
import { dateToType, dateValue, dayToType, readTypedDate } from "~/features/contacts/values/typed-date";
import { formatDate, parseDate } from "~/platform/time";

export type DayReading = { ok: true; value: string } | { ok: false; reason: string };

/** Where and when it is read. */
export interface DayPlace {
  /** ISO 3166-1 alpha-2: how dates of figures only are written there. */
  country: string;
  /** BCP 47: whose months' names are read, too. */
  locale: string;
  /** Plain date. */
  today: string;
  /** How dates of figures only are written in a list; absent: as the country writes them. */
  order?: "day-first" | "month-first" | "year-first";
  /** See `readTypedDate`. */
  dayNumbers?: boolean;
}

const EARLIEST_YEAR = 1850;
/** What telephones write into a vCard for "the year is not known": leap years must be kept, so it is one. */
const NO_YEAR = 1604;

export function readBirthday(text: string, place: DayPlace): DayReading {
  const reading = readTypedDate(text, place);
  if (!reading.ok) return reading;
  const year = reading.year === NO_YEAR ? null : reading.year;
  const value = dateValue({ ...reading, year });
  if (year === null) return { ok: true, value };
  if (value > place.today) return { ok: false, reason: "This birthday is still to come. Check the year." };
  if (year < EARLIEST_YEAR) {
    return { ok: false, reason: `Nobody is as old as that: birthdays from ${EARLIEST_YEAR} on are kept.` };
  }
  return { ok: true, value };
}

/** A day of death has its year, is not to come, and not before the birthday. */
export function readDiedOn(text: string, { birthday, ...place }: DayPlace & { birthday: string | null }): DayReading {
  const reading = readTypedDate(text, place);
  if (!reading.ok) return reading;
  if (reading.year === null)
    return { ok: false, reason: `Give the year, too, like ${dayToType("2026-02-11", place.locale)}.` };
  const value = dateValue(reading);
  const reason = refusedDeath(value, birthday, place.today);
  return reason === null ? { ok: true, value } : { ok: false, reason };
}

/** Why somebody cannot have died on this day; null where they can. */
export function refusedDeath(diedOn: string, birthday: string | null, today: string): string | null {
  if (diedOn > today) return "This day is still to come. Check the date.";
  if (Number(diedOn.slice(0, 4)) < EARLIEST_YEAR) return `Days of death from ${EARLIEST_YEAR} on are kept.`;
  if (birthday && hasYear(birthday) && diedOn < birthday) return "This is before the birthday. Check both dates.";
  return null;
}

export function hasYear(birthday: string): boolean {
  return !birthday.startsWith("--");
}

/** Whole years from a birthday to a day; null where the year of birth is not known. */
export function ageOn(birthday: string, day: string): number | null {
  const [born, then] = [parseDate(birthday), parseDate(day)];
  if (!born || !then || birthday > day) return null;
  return then.year - born.year - (day.slice(5) < birthday.slice(5) ? 1 : 0);
}

/** "14 March 1958", "14 March"; what is no birthday stays as it is. */
export function birthdayText(birthday: string, locale: string): string {
  if (hasYear(birthday)) return parseDate(birthday) ? formatDate({ timeZone: "UTC", locale }, birthday) : birthday;
  // 2000 had a 29 February.
  const date = `2000${birthday.slice(1)}`;
  if (!parseDate(date)) return birthday;
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(`${date}T12:00:00Z`));
}

/** As it is typed, so that it reads back as the same. */
export function birthdayToType(birthday: string, place: Pick<DayPlace, "country" | "locale">): string {
  if (hasYear(birthday)) return dateToType(birthday, place);
  const text = birthdayText(birthday, place.locale);
  const reading = readTypedDate(text, place);
  return reading.ok && dateValue(reading) === birthday ? text : birthday;
}

interface Life {
  birthday: string | null;
  diedOn: string | null;
}

/** "14 March 1958 (68)": with the age they have, or had when they died. */
export function birthdayFact(
  { birthday, diedOn }: Life,
  { locale, today }: Pick<DayPlace, "locale" | "today">,
): string {
  if (birthday === null) return "";
  const text = birthdayText(birthday, locale);
  const age = diedOn === null ? ageOn(birthday, today) : null;
  return age === null ? text : `${text} (${age})`;
}

/** "11 February 2026, aged 67". */
export function diedFact({ birthday, diedOn }: Life, locale: string): string {
  if (diedOn === null) return "";
  const text = birthdayText(diedOn, locale);
  const age = birthday === null ? null : ageOn(birthday, diedOn);
  return age === null ? text : `${text}, aged ${age}`;
}
