/**
 * The code a letter carries: five random characters and a check character, in Crockford's alphabet, which leaves out letters
 * that look like others. The check is a weighted sum over the field of 32 elements, so that one wrong character and any two
 * that were swapped are always noticed.
 */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;

/** A code from this randomness: five numbers below 32. */
export function codeOf(digits: readonly number[]): string {
  if (digits.length !== LENGTH - 1) throw new RangeError("A code is made of five numbers");
  return [checkOf(digits), ...digits].map((digit) => ALPHABET.charAt(digit)).join("");
}

export type ReadCode = { ok: true; code: string } | { ok: false; reason: "no-code" | "wrong-check" };

/**
 * As somebody typed or scanned it: in any case, with spaces, and with the campaign's prefix before a hyphen or a space, or
 * without.
 * "no-code": not six characters of which a code is made.
 */
export function readCode(typed: string): ReadCode {
  if (typed.length > 40) return { ok: false, reason: "no-code" };
  const last = typed.trim().split("-").at(-1) ?? "";
  const whole = last.replace(/\s/g, "");
  const lastWord = last.trim().split(/\s/).at(-1) ?? "";
  const text = (whole.length > LENGTH ? lastWord : whole).toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  const digits = Array.from(text, (letter) => ALPHABET.indexOf(letter));
  if (digits.length !== LENGTH || digits.includes(-1)) return { ok: false, reason: "no-code" };
  const [check, ...rest] = digits;
  return checkOf(rest) === check ? { ok: true, code: text } : { ok: false, reason: "wrong-check" };
}

/** "SPR26-7K3QX9": as it is printed. */
export function printedCode(code: string, prefix: string | null): string {
  return prefix ? `${prefix}-${code}` : code;
}

function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit, at) => sum ^ times(digit, power(at + 1)), 0);
}

/** x to the power of n in GF(2⁵), modulo x⁵ + x² + 1: different for each n below 31. */
function power(n: number): number {
  let value = 1;
  for (let at = 0; at < n; at += 1) value = doubled(value);
  return value;
}

function doubled(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

function times(one: number, other: number): number {
  let product = 0;
  for (let [left, right] = [one, other]; right > 0; [left, right] = [doubled(left), right >> 1]) {
    if (right & 1) product ^= left;
  }
  return product;
}
