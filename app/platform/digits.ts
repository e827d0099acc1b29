/** Numbers are written with other digits in Egypt, Nepal or Bengal; what is typed with them is read as with ours. */

const decimalDigit = /\p{Nd}/u;

/** The text with every decimal digit of any script as 0 to 9. Unicode has each script's digits in a row from its zero on. */
export function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => (digit >= "0" && digit <= "9" ? digit : String(valueOf(digit))));
}

function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = code;
  while (decimalDigit.test(String.fromCodePoint(before - 1))) before -= 1;
  return (code - before) % 10;
}
