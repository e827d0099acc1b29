/** Amounts as programs write them, as decimal text with no more decimals than the currency has. */
import { currencyExponent, isCurrency } from "~/platform/money";

interface Amount {
  text: string;
  /** It had more decimals, and they were not zeros: rounded half to even. */
  isRounded: boolean;
}

const pattern = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/i;

/** Of a currency that nobody knows as it came. Null: it is no number. */
export function amountIn(written: string, currency: string): Amount | null {
  const found = pattern.exec(written.trim());
  if (!found) return null;
  const [, sign = "", whole = "", fraction = "", power = "0"] = found;
  const digits = BigInt(whole + fraction);
  const places = fraction.length - Number(power);
  const wanted = isCurrency(currency) ? currencyExponent(currency) : Math.max(places, 0);
  const { minor, isRounded } = atPlaces(digits, places, wanted);
  return { text: (sign === "-" && minor > 0n ? "-" : "") + decimalText(minor, wanted), isRounded };
}

function atPlaces(digits: bigint, places: number, wanted: number): { minor: bigint; isRounded: boolean } {
  if (places <= wanted) return { minor: digits * 10n ** BigInt(wanted - places), isRounded: false };
  const unit = 10n ** BigInt(places - wanted);
  const [below, rest] = [digits / unit, digits % unit];
  const goesUp = rest * 2n > unit || (rest * 2n === unit && below % 2n === 1n);
  return { minor: goesUp ? below + 1n : below, isRounded: rest !== 0n };
}

function decimalText(minor: bigint, places: number): string {
  const text = minor.toString().padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
