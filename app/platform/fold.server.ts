/** Letters that NFKD leaves whole but that people type without their stroke or as two. */
const PLAIN: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  ĸ: "k",
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

/** Sorts after every folded text: what an empty value has as its key, so that keys are never null. */
export const EMPTY_KEY = "\uFFFF";

/**
 * Text as it is compared, sorted and searched: Unicode NFKD, marks stripped, lower case, a few letters by table,
 * white space collapsed, other scripts kept. Private-use characters go, as the search text keeps them for itself, and
 * so do halves of characters (lone surrogates) and U+FFFF, which is the key of an empty value.
 * Folding twice gives the same as folding once.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(/[\p{Co}\p{Cc}\p{Cf}\p{Cs}\uFFFF\s]+/gu, " ")
    .trim();
}

/** A sort key for a value that may be missing. Cut, since Postgres refuses index rows of over 2,700 bytes. */
export function sortKey(text: string | null | undefined): string {
  const folded = text ? fold(text).slice(0, 200) : "";
  return folded === "" ? EMPTY_KEY : folded;
}
