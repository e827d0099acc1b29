/** Amounts as files and connectors write them. What could be read in two ways is refused, never guessed. */
import { type DecimalAmount, decimalAmount } from "~/features/reconciliation/files/decimal-amount";
import { currencyExponent } from "~/platform/money";

export type AmountRefusal = "not-an-amount" | "ambiguous-amount" | "too-many-decimals" | "too-large";
type ReadAmount = ({ ok: true } & DecimalAmount) | { ok: false; why: AmountRefusal };

interface AmountReading {
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
  if (!written.ok) return written;
  const amount = decimalAmount(written.number, exponent);
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

/** What an amount tells of how its file writes decimals; `open`: it could be either; null: it tells nothing. */
export function markTold(text: string): Mark | "open" | null {
  const number = withoutSpaces(text.normalize("NFKC").trim());
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(number) || !/[.,]/.test(number)) return null;
  return markOf(number, 2) ?? "open";
}

type Written = { ok: true; number: string } | { ok: false; why: AmountRefusal };

/** With a point before the decimals and without groups. */
function plainNumber(text: string, known: Mark | null, exponent: number): Written {
  const number = withoutSpaces(text);
  // As programs write doubles: 1.5e-7.
  if (/e/i.test(number)) return { ok: true, number };
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(number)) return { ok: false, why: "not-an-amount" };
  const mark = known ?? markOf(number, exponent);
  return mark === null ? { ok: false, why: "ambiguous-amount" } : withPoint(number, mark);
}

/** Without what parts groups and is never a mark. */
function withoutSpaces(text: string): string {
  return text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/gu, "").replace(/^([+-])\s/, "$1");
}

type Mark = "." | ",";

const otherThan = (mark: Mark): Mark => (mark === "." ? "," : ".");

/** What stands before the decimals, where only one reading is possible; else null. */
function markOf(number: string, exponent: number): Mark | null {
  const [mark] = [...number].reverse().filter((character): character is Mark => /[.,]/.test(character));
  if (mark === undefined || number.includes(otherThan(mark))) return mark ?? ".";
  if (number.split(mark).length > 2) return otherThan(mark);
  // A currency of three decimals is written so by machines, with a point.
  const isDecimal = !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(number) || (mark === "." && exponent >= 3);
  return isDecimal ? mark : null;
}

function withPoint(text: string, mark: Mark): Written {
  const [whole = "", fraction = "", ...more] = text.split(mark);
  const ungrouped = withoutGroups(whole, otherThan(mark));
  if (ungrouped === null || more.length > 0 || !/^\d*$/.test(fraction)) return { ok: false, why: "not-an-amount" };
  return { ok: true, number: fraction === "" ? ungrouped : `${ungrouped}.${fraction}` };
}

/** ".50" is half a unit. */
function withoutGroups(whole: string, group: Mark): string | null {
  if (!whole.includes(group)) return /^[+-]?\d*$/.test(whole) ? whole.replace(/^[+-]?$/, (sign) => `${sign}0`) : null;
  const isGrouped = group === "," ? /^[+-]?\d{1,3}(,\d{3})+$/ : /^[+-]?\d{1,3}(\.\d{3})+$/;
  return isGrouped.test(whole) ? whole.replaceAll(group, "") : null;
}
