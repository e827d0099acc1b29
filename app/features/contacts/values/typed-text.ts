/** Text as it can be stored and compared: no NUL (Postgres refuses it), no halves of characters, one form of each letter. */
export function storable(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replaceAll("\0", "")
    .normalize("NFC");
}

export function isStorable(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/** One line: storable, white space and control characters as single spaces, none at the ends. */
export function oneLine(text: string): string {
  if (isPlainLine(text)) return text;
  return storable(text)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/** ASCII with single spaces between words, as most texts are: quicker told than cleaned. */
function isPlainLine(text: string): boolean {
  return /^[!-~]+(?: [!-~]+)*$/.test(text);
}

/** Several lines: storable, line ends as \n, no white space at the ends. */
export function manyLines(text: string): string {
  return storable(text).replace(/\r\n?/g, "\n").trim();
}
