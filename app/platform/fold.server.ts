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

/** Accents that stand alone are typed for apostrophes; NFKD would make a space and a mark of the acute one. */
const LONE_ACCENT = /[\u00B4\u0060\u1FFD\u1FEF]/g;
/** Quotation marks, modifier letters and the prime, as people write them for an apostrophe. */
const APOSTROPHE = /[\u2018\u2019\u201B\u02B9\u02BB\u02BC\u02BD\u2032]/g;

/**
 * Accents of letters that are read without them too: Latin, Greek, Cyrillic, Hebrew, Arabic, and what chooses a glyph.
 * Other scripts' marks stay, since they are letters there: राम and रमा, ばし and はし are different names.
 */
const ACCENT = new RegExp(
  "[\\u0300-\\u036F\\u0483-\\u0489\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7\\u0610-\\u061A" +
    "\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF" +
    "\\u20D0-\\u20FF\\uFE00-\\uFE0F\\uFE20-\\uFE2F\\u{E0100}-\\u{E01EF}]+",
  "gu",
);

/** Sorts after every folded text: what an empty value has as its key, so that keys are never null. */
export const EMPTY_KEY = "\uFFFF";

/**
 * Text as it is compared, sorted and searched: Unicode NFKD, accents stripped, lower case, a few letters by
 * table, white space collapsed, apostrophes and hyphens of all kinds as one, other scripts kept. Private-use characters
 * go, as the search text keeps them for itself, and so do halves of characters (lone surrogates) and U+FFFF, which is
 * the key of an empty value. Folding twice gives the same as folding once.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  return text
    .replace(LONE_ACCENT, "'")
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(APOSTROPHE, "'")
    .replaceAll("\u2010", "-")
    .replace(ACCENT, "")
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(/[\p{Co}\p{Cc}\p{Cf}\p{Cs}\uFFFF\s]+/gu, " ")
    .trim();
}

/** Most texts are ASCII without a grave accent and with single spaces: quicker told than folded. */
function isPlain(text: string): boolean {
  return /^(?:[!-_a-~]+(?: [!-_a-~]+)*)?$/.test(text);
}

/** A sort key for a value that may be missing. Cut, since Postgres refuses index rows of over 2,700 bytes. */
export function sortKey(text: string | null | undefined): string {
  const folded = text ? fold(text).slice(0, 200) : "";
  return folded === "" ? EMPTY_KEY : folded;
}
