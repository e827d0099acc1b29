/**
 * Money: a whole number of the currency's smallest unit (bigint) and its ISO 4217 code. Never a float, never two
 * currencies in one sum.
 */

import { plainDigits } from "~/platform/digits";

/** An amount such as 12.50 pounds: `{ minor: 1250n, currency: "GBP" }`. */
export interface Money {
  minor: bigint;
  currency: string;
}

/** Currencies whose smallest unit is not a hundredth (ISO 4217, list of 2024-06-25). */
const exponents: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Codes of ISO 4217 in use; MRU and MGA count fifths and are written with two decimals. */
const hundredths = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU " +
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
    "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR " +
    "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP " +
    "TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
  ).split(" "),
);

/** Whether this is the code of a currency in use, in capitals. */
export function isCurrency(code: string): boolean {
  return hundredths.has(code) || Object.hasOwn(exponents, code);
}

/** Every currency in use, by code, with its English name. */
export function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(["en-GB"], { type: "currency", fallback: "none" });
  return [...hundredths, ...Object.keys(exponents)]
    .sort()
    .map((value) => ({ value, label: [value, names.of(value)].filter(Boolean).join(", ") }));
}

/** How many decimals the currency has: 2 for most, 0 for yen, 3 for Kuwaiti dinars. Throws a RangeError for an unknown code. */
export function currencyExponent(currency: string): number {
  if (!isCurrency(currency)) throw new RangeError("Not a currency of ISO 4217");
  return exponents[currency] ?? 2;
}

export function money(minor: bigint, currency: string): Money {
  currencyExponent(currency);
  return { minor, currency };
}

function sameCurrency(one: Money, other: Money): string {
  if (one.currency !== other.currency) throw new TypeError(`${one.currency} and ${other.currency} cannot be mixed`);
  return one.currency;
}

/** Throws a TypeError when the currencies differ. */
export function addMoney(one: Money, other: Money): Money {
  return { currency: sameCurrency(one, other), minor: one.minor + other.minor };
}

/** Throws a TypeError when the currencies differ. */
export function subtractMoney(one: Money, other: Money): Money {
  return { currency: sameCurrency(one, other), minor: one.minor - other.minor };
}

/** Negative, zero or positive, for sorting. Throws a TypeError when the currencies differ. */
export function compareMoney(one: Money, other: Money): number {
  sameCurrency(one, other);
  return one.minor < other.minor ? -1 : Number(one.minor > other.minor);
}

/** The sum of none is zero, so the currency is asked for. Throws a TypeError at another one. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(addMoney, money(0n, currency));
}

/** Shares that differ by at most one minor unit and add up to the whole; the first ones are the larger. */
export function splitMoney(whole: Money, parts: number): Money[] {
  if (!Number.isInteger(parts) || parts < 1) throw new RangeError("Money is split into one part or more");
  const count = BigInt(parts);
  const [share, rest] = [whole.minor / count, whole.minor % count];
  const unit = rest < 0n ? -1n : 1n;
  const larger = Number(rest * unit);
  return Array.from({ length: parts }, (_, i) => ({ ...whole, minor: share + (i < larger ? unit : 0n) }));
}

export type MoneyRefusal = "not-a-number" | "too-many-decimals" | "ambiguous" | "too-large";
export type ParsedMoney = { ok: true; money: Money } | { ok: false; reason: MoneyRefusal };

/** What a database's bigint holds; far above any amount, so that a slip of the finger is told and not stored. */
const MAX_MINOR = 2n ** 63n - 1n;
const MAX_LENGTH = 60;

interface Separators {
  decimal: string;
  group: string;
}

/** How the locale writes amounts first, then numbers, where that is another way: "1 234.50" and "1 234,5" in Geneva. */
const separatorsByLocale = new Map<string, Separators[]>();

function separatorsOf(locale: string): Separators[] {
  const kept = separatorsByLocale.get(locale);
  if (kept) return kept;
  const numbers = readSeparators(locale, {});
  const amounts = isEnglish(locale) ? numbers : readSeparators(locale, { style: "currency", currency: "EUR" });
  const made = amounts.decimal + amounts.group === numbers.decimal + numbers.group ? [numbers] : [amounts, numbers];
  if (separatorsByLocale.size < 500) separatorsByLocale.set(locale, made);
  return made;
}

function readSeparators(locale: string, options: Intl.NumberFormatOptions): Separators {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn", ...options }).formatToParts(1_234_567.8);
  const of = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimal: of("decimal") ?? ".", group: of("group") ?? "," };
}

/** CLDR 48 writes numbers as the country does in English of the continent, but not amounts: "1.234,5" and "€1,234.50". */
function isEnglish(locale: string): boolean {
  return /^en\b/i.test(locale);
}

/** Every space (also the narrow ones of French) as one kind, every apostrophe, minus and digit likewise; no marks of direction. */
function plain(text: string): string {
  return plainDigits(text.normalize("NFKC"))
    .replace(/[\u200e\u200f\u061c]/gu, "")
    .replace(/\s/gu, " ")
    .replace(/[’']/gu, "'")
    .replace(/[−–]/gu, "-")
    .trim();
}

/** Arabic's own marks for decimals and groups as those that stand beside our digits. */
function ownSeparators(text: string, { decimal, group }: Separators): string {
  return text.replaceAll("٫", decimal).replaceAll("٬", plain(group));
}

const signsByKey = new Map<string, string[]>();

/** How the locale (or English) writes this currency: "EUR", "€"; in French pounds are also "£GB". Longest first. */
function signsOf(currency: string, locale: string): string[] {
  const key = `${locale}|${currency}`;
  const kept = signsByKey.get(key);
  if (kept) return kept;
  const signs = new Set([currency]);
  for (const language of [locale, "en"]) {
    for (const currencyDisplay of ["symbol", "narrowSymbol"] as const) {
      const parts = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay }).formatToParts(0);
      signs.add(plain(parts.find((part) => part.type === "currency")?.value ?? currency));
    }
  }
  const made = [...signs].sort((a, b) => b.length - a.length);
  if (signsByKey.size < 500) signsByKey.set(key, made);
  return made;
}

/** Takes the currency's own sign off either end. Another currency's stays, and is then no number. */
function withoutSign(text: string, currency: string, locale: string): string {
  const [minus, rest] = text.startsWith("-") ? ["-", text.slice(1).trim()] : ["", text];
  for (const sign of signsOf(currency, locale)) {
    if (rest.startsWith(sign)) return minus + rest.slice(sign.length).trim();
    if (rest.endsWith(sign)) return minus + rest.slice(0, -sign.length).trim();
  }
  return text;
}

/**
 * Reads an amount as people of this locale write it: "1.234,50 €" in German is 123450 cents. More decimals than the
 * currency has, groups in the wrong places and anything else that could be read in two ways are refused, not rounded.
 */
export function parseMoney(text: string, currency: string, locale: string): ParsedMoney {
  const exponent = currencyExponent(currency);
  if (text.length > MAX_LENGTH) return { ok: false, reason: "too-large" };
  const number = withoutSign(plain(text), currency, locale);
  const readings = separatorsOf(locale).map((separators) => readNumber(number, separators, exponent));
  const [first = notANumber] = readings;
  const read = readings.find((reading) => typeof reading !== "string") ?? first;
  if (typeof read === "string") return { ok: false, reason: read };
  if (read > MAX_MINOR) return { ok: false, reason: "too-large" };
  return { ok: true, money: { minor: number.startsWith("-") ? -read : read, currency } };
}

const notANumber = "not-a-number" satisfies MoneyRefusal;

/** The number without its sign, in minor units. */
function readNumber(number: string, separators: Separators, exponent: number): bigint | MoneyRefusal {
  const found = /^-? ?([\d., ']+)$/.exec(ownSeparators(number, separators));
  const digits = found ? digitsOf(found[1] ?? "", separators) : notANumber;
  if (typeof digits === "string") return digits;
  if (digits.fraction.length > exponent) return "too-many-decimals";
  return BigInt(digits.whole + digits.fraction.padEnd(exponent, "0"));
}

/** The digits before and after the decimal mark; zeros at the very end count for nothing. */
function digitsOf(number: string, { decimal, group }: Separators): { whole: string; fraction: string } | MoneyRefusal {
  const [before = "", fraction = "", ...more] = number.split(decimal);
  const whole = ungrouped(before, plain(group) || " ");
  if (more.length > 0 || whole === null || !/^\d*$/.test(fraction)) return "ambiguous";
  if (whole + fraction === "") return "not-a-number";
  return { whole, fraction: fraction.replace(/0+$/, "") };
}

/** The digits of "1.234.567", or null when groups are not of three (Indian twos are accepted: 12,34,567). */
function ungrouped(whole: string, group: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const parts = whole.split(group);
  const inner = parts.slice(1, -1);
  const fits =
    /^\d{1,3}$/.test(parts[0] ?? "") &&
    /^\d{3}$/.test(parts.at(-1) ?? "") &&
    (inner.every((part) => /^\d{3}$/.test(part)) || inner.every((part) => /^\d{2}$/.test(part)));
  return fits ? parts.join("") : null;
}

/** The amount as plain digits, "-12.50": for files and form fields of machines. Exact at any size. */
export function moneyDigits({ minor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

/** "£1,234.50" as the locale writes it. Exact at any size: Intl takes the digits as text. */
export function formatMoney(amount: Money, locale: string): string {
  const digits = currencyExponent(amount.currency);
  const key = `${locale}|${amount.currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    formatter = new Intl.NumberFormat(locale, { style: "currency", currency: amount.currency, ...decimals });
    if (formatters.size < 500) formatters.set(key, formatter);
  }
  // ES2023 takes numbers as text without rounding; the compiler's library calls that type StringNumericLiteral.
  const number = moneyDigits(amount) as Intl.StringNumericLiteral;
  if (!isEnglish(locale)) return formatter.format(number);
  const [own] = separatorsOf(locale) as [Separators];
  return formatter
    .formatToParts(number)
    .map(({ type, value }) => (type === "decimal" || type === "group" ? own[type] : value))
    .join("");
}
