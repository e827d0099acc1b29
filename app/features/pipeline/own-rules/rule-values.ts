/** Values as rules compare them. */

const grouped = /^[+-]?\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*$/;

/**
 * A number as people write it: `1204`, `1,204.50`, `1.204,50`, `1 204`. Where a single sign could be of either kind,
 * three digits after it are thousands. Null for what is none.
 */
export function readNumber(text: string): number | null {
  const bare = text.replace(/[\u00a0\u202f]/g, " ").trim();
  if (bare.length > 40) return null;
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const [whole, decimals] = last < 0 || grouped.test(bare) ? [bare, ""] : [bare.slice(0, last), bare.slice(last + 1)];
  const isWhole = /^[+-]?\d*$/.test(whole) || grouped.test(whole);
  if (!isWhole || !/^\d*$/.test(decimals) || !/\d/.test(whole + decimals)) return null;
  return Number(`${whole.replace(/[^\d-]/g, "")}.${decimals || "0"}`);
}

/** Values of a list are the same whatever their case, and however their letters are put together. */
export function listKey(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
