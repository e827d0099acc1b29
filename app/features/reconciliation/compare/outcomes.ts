/** The words of a result. Columns store a word's place in its list. */

/** Where an order comes to lie: each in exactly one. */
export const orderBuckets = [
  "excluded",
  "matched",
  "value-mismatch",
  "currency-mismatch",
  "ambiguous",
  "pending",
  "unverifiable",
  "missing",
] as const;
export type OrderBucket = (typeof orderBuckets)[number];

/** Where a row of the analytics comes to lie: each in exactly one. `unexpected`: no order goes by its id. */
export const rowBuckets = [
  "primary",
  "duplicate",
  "excluded-order-hit",
  "out-of-window-hit",
  "ambiguous",
  "unusable-id",
  "unexpected",
] as const;
export type RowBucket = (typeof rowBuckets)[number];

/** Why an order is left out of the comparison; the first that holds is told. */
export const exclusions = [
  "none",
  "set-aside",
  "test",
  "not-paid",
  "cancelled-before-capture",
  "channel-not-tracked",
  "zero-value",
  "outside-window",
] as const;

/** What made a value match. */
export const agreements = ["none", "exact", "absolute", "relative"] as const;

/** What the difference of a mismatch is exactly equal to; the first that holds is told. */
export const causes = [
  "none",
  "tax",
  "shipping",
  "tax-and-shipping",
  "discount",
  "gift-card",
  "refund",
  "hundredfold",
  "hundredth",
  "sign",
  "other-label",
  "exchange-rate",
  "rounding",
  "unknown",
] as const;
export type Cause = (typeof causes)[number];

/** Beside the bucket; several may hold. */
export const orderFlags = { refundedLater: 1, duplicated: 2, lookAlike: 4, rounded: 8 } as const;
export const rowFlags = { sameValue: 1, lookAlike: 2, setAside: 4 } as const;

/** The places of all words of a list, by word. */
export function codesOf<Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> {
  return Object.fromEntries(words.map((word, place) => [word, place])) as Record<Word, number>;
}
