/**
 * Ids as they are compared. They are texts, never numbers: 4507894690001230 and 007 must stay what they are. What a
 * spreadsheet has damaged is told and not guessed.
 */

/** Why no order can be found by an id; a transaction stores its place in this list and one. */
export const idFaults = ["empty", "not-set", "other", "placeholder", "spreadsheet-damaged"] as const;
export type IdFault = (typeof idFaults)[number];

export type NormalisedId = { ok: true; key: string } | { ok: false; fault: IdFault };

/** Words that stand where an id should: what a tag sends when a variable is empty, what people type into a cell. None but "0" has a digit. */
const placeholders = new Set(
  "undefined|null|nil|none|nan|n/a|na|-|--|0|true|false|test|unknown|(data not available)|[object object]|{{transaction_id}}|{{transaction id}}|transaction_id".split(
    "|",
  ),
);

/** 1.23E+15 as spreadsheets write a long number: one digit, decimals perhaps, then the power. */
const scientific = /^[+-]?\d(?:[.,]\d+)?e[+-]?\d{1,3}$/;
const decimalZeros = /^[+-]?\d+[.,]0+$/;

/** A leading `#` or quote, Shopify's `gid://shopify/Order/` and a query after it, spaces around and capitals do not count. */
export function normaliseId(written: string): NormalisedId {
  const text = written.normalize("NFKC").trim().toLowerCase();
  const key = gidTail(text.replace(/^[#'"’‘“”]/, "").trim());
  if (key === "") return { ok: false, fault: "empty" };
  if (key === "(not set)") return { ok: false, fault: "not-set" };
  if (key === "(other)") return { ok: false, fault: "other" };
  if (placeholders.has(key)) return { ok: false, fault: "placeholder" };
  if (scientific.test(key) || decimalZeros.test(key)) return { ok: false, fault: "spreadsheet-damaged" };
  return { ok: true, key };
}

function gidTail(text: string): string {
  if (!text.startsWith("gid://")) return text;
  return text.replace(/[?#].*$/s, "").replace(/^.*\//s, "");
}
