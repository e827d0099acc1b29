/** Numbers of a sheet as people see them there. Formats: ECMA-376-1, 18.8.30 and 18.8.31. */

export type NumberFormat = { shows: "number" } | { shows: "digits"; prefix: string; width: number } | DayFormat;
interface DayFormat {
  shows: "day";
  date: boolean;
  time: boolean;
}

const plainNumber: NumberFormat = { shows: "number" };
/** Formats that every program knows by their number; those not here show a number, or a text. */
const known: Readonly<Record<number, NumberFormat>> = Object.fromEntries([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, day(true, false)]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, day(false, true)]),
  [22, day(true, true)],
]);

function day(date: boolean, time: boolean): DayFormat {
  return { shows: "day", date, time };
}

/** How a format shows a number; `code` only where the file says one. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return known[id] ?? plainNumber;
  const first = code.slice(0, 255).split(";")[0] ?? "";
  const digits = /^(\\?\+|"\+")?([0#]+)$/.exec(first);
  if (digits) return digitsFormat(digits[1] !== undefined, digits[2] ?? "");
  // Texts in quotes, escaped signs, colours and places in brackets say nothing of the kind. Elapsed hours do: [h].
  const signs = first
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .replace(/s[.,]0+/gi, "s")
    .toLowerCase();
  return /general|[0#?]/.test(signs) ? plainNumber : dayFormat(signs);
}

/** An m is a month where there are no hours and seconds beside it. */
function dayFormat(signs: string): NumberFormat {
  const time = /[hs]/.test(signs);
  const date = /[yd]/.test(signs) || (/m/.test(signs) && !time);
  return date || time ? day(date, time) : plainNumber;
}

/** `00000`, of postcodes, and `+0`, of phone numbers. */
function digitsFormat(plus: boolean, pattern: string): NumberFormat {
  const width = pattern.replaceAll("#", "").length;
  return plus || width > 1 ? { shows: "digits", prefix: plus ? "+" : "", width } : plainNumber;
}

/** The text of a number as it is stored in the file: "44207.0" → "44207", a day → "2021-01-11". */
export function numberText(stored: string, format: NumberFormat, { from1904 }: { from1904: boolean }): string {
  const number = Number(stored);
  if (stored.trim() === "" || !Number.isFinite(number)) return stored;
  if (format.shows === "day") return dayText(number, format, from1904) ?? plainText(number);
  if (format.shows === "digits" && Number.isInteger(number) && number >= 0) {
    return format.prefix + plainText(number).padStart(format.width, "0");
  }
  return plainText(number);
}

/** Never with an exponent; of fifteen figures, as Excel has them, so that 0.1 + 0.2 is 0.3. */
function plainText(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString();
  const text = String(Number(number.toPrecision(15)));
  return text.includes("e") ? number.toFixed(20).replace(/0+$/, "") : text;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days since the last of 1899, with a 29 February 1900 that never was; or since the beginning of 1904. */
function dayText(number: number, { date, time }: DayFormat, from1904: boolean): string | null {
  if (number < 0 || number >= 2_958_466) return null;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, number < 60 ? 31 : 30);
  const at = new Date(Math.round((epoch + number * DAY_MS) / 1000) * 1000).toISOString();
  const day = at.slice(0, 10);
  if (!time) return day;
  const clock = at.slice(11, 19).replace(/:00$/, "");
  if (!date) return clock;
  return clock === "00:00" ? day : `${day} ${clock}`;
}
