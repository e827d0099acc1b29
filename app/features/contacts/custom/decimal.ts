/** Numbers as text, so that none loses a figure: read as people write them, compared as texts, shown as a locale does. */
import { plainDigits } from "~/platform/digits";

/** Figures before and after the point. */
const WHOLE = 20;
const FRACTION = 10;

export type DecimalReading = { ok: true; value: string } | { ok: false; reason: string };

interface Marks {
  decimal: string;
  group: string;
}

const known = new Map<string, Marks>();

function marksOf(locale: string): Marks {
  const kept = known.get(locale);
  if (kept) return kept;
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1_234_567.5);
  const of = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise;
  const marks = { decimal: of("decimal", "."), group: of("group", ",") };
  if (known.size < 100) known.set(locale, marks);
  return marks;
}

/** `-1234.5` of "−1,234.50" or, where it is written so, of "-1.234,5". */
export function readDecimal(text: string, locale: string): DecimalReading {
  const typed = plainDigits(text)
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/(?<=\d)[\s\u00A0\u202F'\u2019](?=\d{3}(?!\d))/g, "")
    .trim();
  const found = /^([+-]?)(\d[\d.,]*|[.,]\d+)$/.exec(typed);
  const parts = found && partsOf(found[2] ?? "", marksOf(locale));
  if (!parts) return { ok: false, reason: `This is no number. Write it like ${decimalToType("1234.5", locale)}.` };
  const whole = parts.whole.replace(/^0+(?=\d)/, "") || "0";
  const fraction = parts.fraction.replace(/0+$/, "");
  if (whole.length > WHOLE || fraction.length > FRACTION) {
    const reason = `This number is too long: at most ${WHOLE} figures before the point and ${FRACTION} after it.`;
    return { ok: false, reason };
  }
  const plain = fraction ? `${whole}.${fraction}` : whole;
  return { ok: true, value: found[1] === "-" && plain !== "0" ? `-${plain}` : plain };
}

/** Of two marks the last one is the point. One alone parts thousands if it can, and if it does so in that language. */
function partsOf(text: string, { group }: Marks): { whole: string; fraction: string } | null {
  const [one, other] = new Set(text.replace(/\d/g, ""));
  if (one === undefined) return { whole: text, fraction: "" };
  const parts = text.split(one);
  if (other !== undefined) return partsByBoth(text, one, other);
  if (isInThousands(text, one) && (parts.length > 2 || one === group)) return { whole: parts.join(""), fraction: "" };
  const [whole = "", fraction = ""] = parts;
  return parts.length === 2 ? { whole, fraction } : null;
}

function partsByBoth(text: string, group: string, point: string): { whole: string; fraction: string } | null {
  const [whole = "", fraction = "", ...more] = text.split(point);
  if (more.length > 0 || fraction.includes(group) || !isInThousands(whole, group)) return null;
  return { whole: whole.replaceAll(group, ""), fraction };
}

function isInThousands(text: string, mark: string): boolean {
  const [first = "", ...groups] = text.split(mark);
  return /^[1-9]\d{0,2}$/.test(first) && groups.every((part) => /^\d{3}$/.test(part));
}

/** As texts they sort as the numbers do. */
export function decimalKey(value: string): string {
  const isNegative = value.startsWith("-");
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  const figures = whole.padStart(WHOLE, "0") + fraction.padEnd(FRACTION, "0");
  if (!isNegative) return `1${figures}`;
  return `0${[...figures].map((figure) => 9 - Number(figure)).join("")}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** As it is shown: thousands apart from five figures on, so that a year stays a year. */
export function decimalText(value: string, locale: string): string {
  const options = { maximumFractionDigits: FRACTION, useGrouping: "min2" } as Intl.NumberFormatOptions;
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale, options);
  if (formats.size < 100) formats.set(locale, format);
  // As a text it loses no figure.
  return format.format(value as `${number}`);
}

/** As it is typed, without thousands: it reads back as the same. */
export function decimalToType(value: string, locale: string): string {
  return value.replace(".", marksOf(locale).decimal === "," ? "," : ".");
}

/**
 * As a file has it, always with a point. One more nought where three figures after it could be taken for thousands.
 */
export function decimalForFile(value: string): string {
  return /\.\d{3}$/.test(value) ? `${value}0` : value;
}
