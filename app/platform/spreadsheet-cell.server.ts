/** What a spreadsheet would take for a formula, or that hides one behind a full-width sign (OWASP, CSV injection). */
const dangerous = /^'*[=+\-@\t\r\0＝＋－＠]/;
const plainNumber = /^-\d+(?:[.,]\d+)?$/;

/**
 * A cell of a CSV that people open in a spreadsheet: what might be run as a formula gets an apostrophe in front. What has
 * one there already gets another, so that taking one off always gives back what it was.
 */
export function spreadsheetCell(text: string): string {
  return dangerous.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** Where nothing is run as a formula, but an import takes an apostrophe off all the same. */
export function withApostrophe(text: string): string {
  return text.startsWith("'") && dangerous.test(text) ? `'${text}` : text;
}
