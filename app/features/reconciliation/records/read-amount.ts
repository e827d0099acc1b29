/** Amounts as files and connectors write them. What could be read in two ways is refused, never guessed. */
import { type DecimalAmount, decimalAmount } from "~/features/reconciliation/files/decimal-amount";
import { currencyExponent } from "~/platform/money";

export type AmountRefusal = "not-an-amount" | "ambiguous-amount" | "too-many-decimals" | "too-large";
export type ReadAmount = ({ ok: true } & DecimalAmount) | { ok: false; why: AmountRefusal };

export interface AmountReading {
  currency: string;
  /** Null: nobody has said. */
  decimalMark: "." | "," | null;
  /** More decimals than the currency has are rounded half to even, and told. */
  rounds: boolean;
}

const LONGEST = 60;

export function readAmount(text: string, { currency, decimalMark, rounds }: AmountReading): ReadAmount {
  const exponent = currencyExponent(currency);
  const plain = withoutCode(text.normalize("NFKC").replace(/[−–]/gu, "-").trim(), currency);
  if (plain.length > LONGEST) return { ok: false, why: "too-large" };
  const written = plainNumber(plain, decimalMark, exponent);
  if (written === "ambiguous-amount") return { ok: false, why: written };
  const amount = written === null ? null : decimalAmount(written, exponent);
  if (amount === null) return { ok: false, why: "not-an-amount" };
  if (!Number.isSafeInteger(Number(amount.minor))) return { ok: false, why: "too-large" };
  return amount.isRounded && !rounds ? { ok: false, why: "too-many-decimals" } : { ok: true, ...amount };
}

/** Without the currency's code, before or behind. Another's stays, and is then no number. */
function withoutCode(text: string, currency: string): string {
  const upper = text.toUpperCase();
  if (upper.startsWith(currency)) return text.slice(currency.length).trim();
  return upper.endsWith(currency) ? text.slice(0, -currency.length).trim() : text;
}

/** With a point before the decimals and without groups; null where it is no number. */
function plainNumber(text: string, mark: "." | "," | null, exponent: number): string | "ambiguous-amount" | null {
  const number = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/gu, "");
  if (!/^[+-]?\s?[\d.,]+$/.test(number)) return mark === "," ? null : number;
  const chosen = mark ?? markOf(number, exponent);
  if (chosen === "ambiguous-amount") return chosen;
  const [whole = "", fraction, ...more] = number.replace(/\s/g, "").split(chosen);
  const ungrouped = withoutGroups(whole, chosen === "." ? "," : ".");
  if (ungrouped === null || more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
  return fraction ? `${ungrouped}.${fraction}` : ungrouped;
}

/** What stands before the decimals, where only one reading is possible. */
function markOf(number: string, exponent: number): "." | "," | "ambiguous-amount" {
  const [point, comma] = [number.lastIndexOf("."), number.lastIndexOf(",")];
  if (point < 0 && comma < 0) return ".";
  if (point >= 0 && comma >= 0) return point > comma ? "." : ",";
  const mark = point >= 0 ? "." : ",";
  const other = mark === "." ? "," : ".";
  if (number.split(mark).length > 2) return other;
  const couldBeGroup = /^[+-]?\s?[1-9]\d{0,2}[.,]\d{3}$/.test(number);
  // A currency of three decimals is written so by machines, with a point.
  if (!couldBeGroup || (mark === "." && exponent >= 3)) return mark;
  return "ambiguous-amount";
}

function withoutGroups(whole: string, group: string): string | null {
  if (!whole.includes(group)) return /^[+-]?\d*$/.test(whole) ? whole || "0" : null;
  const isGrouped = group === "," ? /^[+-]?\d{1,3}(,\d{3})+$/ : /^[+-]?\d{1,3}(\.\d{3})+$/;
  return isGrouped.test(whole) ? whole.replaceAll(group, "") : null;
}
