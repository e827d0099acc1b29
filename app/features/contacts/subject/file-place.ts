/** What the values of a list tell of where it comes from: how its dates are written, and where its phones are at home. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { contactSubjectFields, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { countryCode, inCountry } from "~/features/contacts/values/country-name";
import { isMonthFirst } from "~/features/contacts/values/typed-date";
import { type DateOrder, type Found, type PlaceFound } from "~/features/pipeline/subject";
import { plainDigits } from "~/platform/digits";

type Columns = readonly { field: string; values: readonly string[] }[];

interface Home {
  phoneCountry: string;
  locale: string;
}

const dateFields: ReadonlySet<string> = new Set(
  contactSubjectFields.filter(({ isDate }) => isDate).map(({ id }) => id),
);

export function filePlace(columns: Columns, home: Home): PlaceFound {
  const of = (is: (field: string) => boolean) =>
    columns.filter(({ field }) => is(field)).flatMap(({ values }) => values);
  const phoneCountry = countryOfPhones(
    of(isPhone),
    of((field) => field.endsWith("country")),
    home,
  );
  const orderOf = { ...home, phoneCountry: phoneCountry?.value ?? home.phoneCountry };
  return {
    phoneCountry,
    dateOrder: orderOfDates(
      of((field) => dateFields.has(field)),
      orderOf,
    ),
  };
}

function isPhone(field: string): boolean {
  return (phoneFields as readonly string[]).includes(field);
}

const figures = /^(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./-] ?\d{4}$/;
const yearFirst = /^\d{4}[./-]\d{1,2}[./-]\d{1,2}$/;

/** A day after the 12th can stand in one place only. */
function orderOfDates(values: readonly string[], home: Home): Found<DateOrder> | null {
  const counts = { "day-first": 0, "month-first": 0, "year-first": 0, either: 0 };
  for (const value of values) {
    const said = orderIn(plainDigits(value));
    if (said) counts[said]++;
  }
  const { either, "day-first": days, "month-first": months, "year-first": years } = counts;
  const total = either + days + months;
  if (total === 0) return years === 0 ? null : found("year-first", `${ofDates(years, years)} begin with the year`);
  if (days > 0 && months > 0) return bothWays(days, months, total);
  if (days > 0) return found("day-first", `${ofDates(days, total)} can only be read so`);
  if (months > 0) return found("month-first", `${ofDates(months, total)} can only be read so`);
  const value = isMonthFirst(home.phoneCountry) ? "month-first" : "day-first";
  return found(
    value,
    `ambiguous: each of the dates could be read either way (${ofDates(either, total)}): please look`,
    true,
  );
}

function orderIn(text: string): DateOrder | "either" | null {
  if (yearFirst.test(text)) return "year-first";
  const [, first, second] = figures.exec(text) ?? [];
  if (first === undefined) return null;
  if (Number(first) > 12) return "day-first";
  return Number(second) > 12 ? "month-first" : "either";
}

function bothWays(days: number, months: number, total: number): Found<DateOrder> {
  const why = `${days} of ${total} dates can only have the day first, ${months} only the month: please look`;
  return found(days >= months ? "day-first" : "month-first", why, true);
}

function ofDates(count: number, total: number): string {
  return count === total ? `all ${total} dates looked at` : `${count} of ${total} dates`;
}

function found<Value>(value: Value, why: string, unsure = false): Found<Value> {
  return { value, why, unsure };
}

/** Fewer than that tell nothing of a whole list. */
const FEW = 3;
const MOSTLY = 0.6;
const MOST_LOOKED_AT = 200;

/** By what the addresses say, else by the numbers that have a country code; if the numbers without one can be of there. */
function countryOfPhones(phones: readonly string[], countries: readonly string[], home: Home): Found<string> | null {
  const numbers = phones.slice(0, MOST_LOOKED_AT);
  const local = numbers.filter((number) => !/^\s*(?:\+|00)/.test(number) && isNumber(number));
  if (local.length === 0) return null;
  const fit = (country: string) => local.filter((number) => fits(number, country)).length;
  const candidates = [
    { ...most(countries.map(countryCode)), from: "addresses are there" },
    { ...most(numbers.flatMap(statedCountry)), from: "numbers with a country code are from there" },
  ];
  for (const { country, count, total, from } of candidates) {
    if (country === null || count < FEW || count < total * MOSTLY) continue;
    if (country !== home.phoneCountry && fit(country) < fit(home.phoneCountry)) continue;
    return found(country, `${inCountry(country, home.locale)}: ${count} of ${total} ${from}`);
  }
  const own = fit(home.phoneCountry);
  if (own >= local.length * MOSTLY) return null;
  const why = `${own === 0 ? "none" : `only ${own}`} of ${local.length} numbers without a country code can be from ${inCountry(home.phoneCountry, home.locale)}: please look`;
  return found(home.phoneCountry, why, true);
}

/** Not "see office". */
function isNumber(text: string): boolean {
  return text.replace(/\D/g, "").length >= 5;
}

function most(countries: readonly string[]): { country: string | null; count: number; total: number } {
  const counts = new Map<string, number>();
  const known = countries.filter((country) => isSupportedCountry(country));
  for (const country of known) counts.set(country, (counts.get(country) ?? 0) + 1);
  const [country = null, count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { country, count, total: known.length };
}

function statedCountry(number: string): string[] {
  const country = parsePhoneNumberFromString(number.replace(/^\s*00/, "+"))?.country;
  return country ? [country] : [];
}

function fits(number: string, country: string): boolean {
  if (!isSupportedCountry(country)) return false;
  return (
    parsePhoneNumberFromString(number, { defaultCountry: country as CountryCode, extract: false })?.isValid() ?? false
  );
}
