/** An amount as machines write it: "1234.5", "-0.07", and "1.5e-7" as a double is written. */
export interface DecimalAmount {
  minor: bigint;
  /** It had more decimals than the currency, and they were not zeros: rounded half to even. */
  isRounded: boolean;
}

const pattern = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,3}))?$/i;

/** Null for all else: "1,234" may be one or a thousand. */
export function decimalAmount(text: string, exponent: number): DecimalAmount | null {
  const found = pattern.exec(text.trim());
  if (!found) return null;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  const digits = BigInt(whole + fraction);
  const shift = exponent - fraction.length + Number(power);
  const { minor, isRounded } =
    shift >= 0 ? { minor: digits * 10n ** BigInt(shift), isRounded: false } : rounded(digits, 10n ** BigInt(-shift));
  return { minor: sign === "-" ? -minor : minor, isRounded };
}

function rounded(digits: bigint, unit: bigint): DecimalAmount {
  const [below, rest] = [digits / unit, digits % unit];
  const goesUp = rest * 2n > unit || (rest * 2n === unit && below % 2n === 1n);
  return { minor: goesUp ? below + 1n : below, isRounded: rest !== 0n };
}
