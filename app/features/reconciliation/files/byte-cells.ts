/** Numbers and times straight from the bytes of a cell, for the ways of writing that machines use. */
import { DAY_MS, daysInMonth, HOUR_MS, MINUTE_MS, SECOND_MS } from "~/platform/time";

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
const SPACE = 0x20;
/** 15 digits are below 2^53 whatever they are. */
const MOST_DIGITS = 15;

const digitAt = (bytes: Uint8Array, at: number) => bytes[at]! - ZERO;
const isDigit = (digit: number) => digit >= 0 && digit <= 9;

const powers = [1, 10, 100, 1_000, 10_000];

/** An amount of plain digits with a point, "1234.50", in minor units; NaN for all else, also for more decimals than the currency has. */
export function plainMinor(bytes: Uint8Array, from: number, to: number, exponent: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  const point = pointAt(bytes, start, to);
  const decimals = point === to ? 0 : to - point - 1;
  if (to - start > MOST_DIGITS || point === start || point === to - 1 || decimals > exponent) return Number.NaN;
  const number = digits(bytes, start, point - start) * powers[decimals]! + digits(bytes, point + 1, decimals);
  const minor = number * powers[exponent - decimals]!;
  if (!Number.isSafeInteger(minor)) return Number.NaN;
  return start === from || minor === 0 ? minor : -minor;
}

/** Where the decimals begin; the end where there are none. */
function pointAt(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === POINT) return at;
  return to;
}

/** The number that so many digits write; NaN where one is none. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = digitAt(bytes, at);
    if (!isDigit(digit)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** "2026-05-03" in days since 1970; NaN for what is no such date. */
function plainDay(bytes: Uint8Array, from: number): number {
  if (bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS) return Number.NaN;
  return dayNumber(digits(bytes, from, 4), digits(bytes, from + 5, 2), digits(bytes, from + 8, 2));
}

/** Days since 1970 (after H. Hinnant, "chrono-compatible low-level date algorithms"). */
function dayNumber(year: number, month: number, day: number): number {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN;
  return daysBefore(month > 2 ? year : year - 1, (month + 9) % 12) + day - 1;
}

/** In years that begin in March, whose last month is the one that may be longer. */
function daysBefore(year: number, month: number): number {
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + Math.floor((153 * month + 2) / 5) - 719_468;
}

/**
 * "2026-05-03T14:10:00Z", "2026-05-03 14:10:00 +0200", "2026-05-03" and GA4's "20260503" in milliseconds since 1970:
 * midnight in UTC where only the day is known. NaN for what is no such time; a time must tell its zone.
 */
export function plainTime(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 8) {
    return DAY_MS * dayNumber(digits(bytes, from, 4), digits(bytes, from + 4, 2), digits(bytes, from + 6, 2));
  }
  const dayMs = plainDay(bytes, from) * DAY_MS;
  if (length === 10) return dayMs;
  if (length < 20 || (bytes[from + 10] !== 0x54 && bytes[from + 10] !== SPACE)) return Number.NaN;
  const clock = dayMs + clockMs(bytes, from + 11) + fractionMs(bytes, from + 19, to);
  return clock - offsetMs(bytes, zoneStart(bytes, from + 19, to), to);
}

/** Whether such a cell tells the time of day. */
export function isTimed(from: number, to: number): boolean {
  return to - from > 10;
}

/** NaN unless it is a time of day such as 23:59:60. */
function clockMs(bytes: Uint8Array, at: number): number {
  const [hour, minute, second] = [digits(bytes, at, 2), digits(bytes, at + 3, 2), digits(bytes, at + 6, 2)];
  const isTime = bytes[at + 2] === 0x3a && bytes[at + 5] === 0x3a && hour < 24 && minute < 60 && second <= 60;
  return isTime ? hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS : Number.NaN;
}

/** What is smaller than a millisecond is left out. */
function fractionMs(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== POINT) return 0;
  let ms = 0;
  let unit = 100;
  for (let at = from + 1; at < to && isDigit(digitAt(bytes, at)); at++, unit = Math.floor(unit / 10)) {
    ms += digitAt(bytes, at) * unit;
  }
  return ms;
}

/** After fractions of a second and a space. */
function zoneStart(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  if (bytes[at] === POINT) for (at += 1; at < to && isDigit(digitAt(bytes, at));) at += 1;
  while (at < to && bytes[at] === SPACE) at += 1;
  return at;
}

/** "Z", "UTC", "+02:00" and "+0200" from UTC; NaN for all else. */
function offsetMs(bytes: Uint8Array, from: number, to: number): number {
  if (to - from === 1 && bytes[from] === 0x5a) return 0;
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 7)));
  if (text === "UTC") return 0;
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!found) return Number.NaN;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * HOUR_MS + Number(found[3]) * MINUTE_MS);
}
