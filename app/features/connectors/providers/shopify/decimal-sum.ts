/** Amounts as decimal text, added without being rounded. */

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** "" for none. What is no amount is left out. */
export function sumOf(amounts: readonly string[]): string {
  const parts = amounts.flatMap((amount) => {
    const [, sign = "", whole = "", fraction = ""] = decimal.exec(amount) ?? [];
    return whole === "" ? [] : [{ sign, whole, fraction }];
  });
  if (parts.length === 0) return "";
  const places = Math.max(...parts.map(({ fraction }) => fraction.length));
  const sum = parts
    .map(({ sign, whole, fraction }) => BigInt(sign + whole + fraction.padEnd(places, "0")))
    .reduce((a, b) => a + b, 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const [units, rest] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  return (sum < 0n ? "-" : "") + units + (rest === "" ? "" : `.${rest}`);
}
