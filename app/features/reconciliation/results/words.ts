/** What comparisons find, in words for people. */
import { type ValueBasis } from "~/features/reconciliation/basis/value-basis";
import {
  type Cause,
  type exclusions,
  type OrderBucket,
  type RowBucket,
} from "~/features/reconciliation/compare/outcomes";
import { type keyTypes } from "~/features/reconciliation/compare/pair-rows";
import { type Bridge } from "~/features/reconciliation/figures/bridge";
import { type Dimension } from "~/features/reconciliation/figures/breakdown";
import { type GapReason } from "~/features/reconciliation/gaps/explain-gaps";

interface BucketWords {
  /** As a tab and a line say it. */
  name: string;
  /** What lies there, in a sentence. */
  meaning: string;
}

export const orderWords: Record<OrderBucket, BucketWords> = {
  missing: {
    name: "Missing",
    meaning: "Nothing was tracked for them, though the analytics has told everything of their day.",
  },
  "value-mismatch": { name: "Another value", meaning: "Tracked, but with another amount than the shop’s." },
  "currency-mismatch": { name: "Another currency", meaning: "Tracked, but under another currency than the shop’s." },
  ambiguous: {
    name: "Ambiguous",
    meaning: "Their id is another order’s, too, so nobody can say which of them was tracked.",
  },
  pending: { name: "Still open", meaning: "So new that what was tracked may still come." },
  unverifiable: {
    name: "Cannot be checked",
    meaning: "Nothing was tracked for them, but the analytics has not told everything of their day.",
  },
  matched: { name: "Matched", meaning: "Tracked with the value that the shop has, or within the tolerance." },
  excluded: { name: "Left out", meaning: "They take no part: tests, unpaid ones, and what can never be tracked here." },
};

/** In the order in which they are shown. */
export const shownOrderBuckets = Object.keys(orderWords) as OrderBucket[];

export const rowWords: Record<RowBucket, BucketWords> = {
  primary: { name: "Belongs to an order", meaning: "The one that counts for its order." },
  duplicate: { name: "Counted twice", meaning: "The order was tracked before; this is once more." },
  unexpected: { name: "Without an order", meaning: "No order of the shop goes by its id." },
  "unusable-id": {
    name: "Unusable id",
    meaning: "Its id is empty, “(not set)”, or was damaged by a spreadsheet. It is reported and not guessed.",
  },
  ambiguous: { name: "Ambiguous", meaning: "Several orders go by its id." },
  "excluded-order-hit": { name: "Of an order left out", meaning: "Its order takes no part, e.g. as it is a test." },
  "out-of-window-hit": { name: "Of another time", meaning: "Its order is from before or after the days compared." },
};

export const shownRowBuckets = Object.keys(rowWords) as RowBucket[];

export const exclusionWords: Record<(typeof exclusions)[number], string> = {
  none: "",
  "set-aside": "Set aside by a person",
  test: "A test order",
  "not-paid": "Not paid",
  "cancelled-before-capture": "Cancelled before it was paid",
  "channel-not-tracked": "Sold where nothing is tracked",
  "zero-value": "Comes to nothing",
  "outside-window": "Outside the days compared",
};

export const causeWords: Record<Cause, string> = {
  none: "",
  tax: "Differs by exactly the tax",
  shipping: "Differs by exactly the shipping",
  "tax-and-shipping": "Differs by exactly tax and shipping",
  discount: "Differs by exactly the discount",
  "gift-card": "Differs by exactly the gift card",
  refund: "Differs by exactly the refund",
  hundredfold: "A hundred times too much",
  hundredth: "A hundredth of it",
  sign: "The sign is the other way round",
  "other-label": "The same number under another currency",
  "exchange-rate": "Converted at an exchange rate",
  rounding: "Differs by rounding",
  unknown: "Not known",
};

const missingWords: Record<GapReason["kind"], string> = {
  "no-browser": "No browser was involved",
  "id-rule-changed": "Ids were tracked in another way from a day on",
  "tag-outage": "Nothing at all was tracked for hours",
  "no-return": "The buyer did not come back from paying",
  unknown: "Not known",
};

/** Of any finding; "" where there is none. A word of a later version says itself. */
export function whyWords(bucket: string, cause: string): string {
  const words: Readonly<Record<string, string>> =
    bucket === "excluded" ? exclusionWords : bucket === "missing" ? missingWords : causeWords;
  return words[cause] ?? cause;
}

export function causesOf(bucket: string): readonly string[] {
  const words =
    bucket === "excluded"
      ? exclusionWords
      : bucket === "missing"
        ? missingWords
        : bucket.endsWith("mismatch")
          ? causeWords
          : {};
  return Object.keys(words).filter((word) => word !== "none" && word !== "outside-window");
}

export const keyWords: Record<(typeof keyTypes)[number], string> = {
  none: "Not found",
  id: "The shop’s own id",
  name: "Its number",
  "bare-name": "Its number without prefix",
  number: "Its bare number",
  "order-key": "Its order key",
  confirmation: "Its confirmation number",
  token: "Its checkout or cart",
  "payment-reference": "Its payment",
  decision: "A person’s decision",
};

export const basisWords: Record<ValueBasis, string> = {
  total: "The whole, with tax and shipping",
  "total-tax-shipping": "Without tax and shipping",
  "total-tax": "Without tax",
  "total-shipping": "Without shipping",
  "subtotal-before-discount": "The articles before the discount",
};

export const stepWords: Record<Bridge["steps"][number]["step"], string> = {
  "order-missing": "missing",
  "order-pending": "still open",
  "order-unverifiable": "cannot be checked",
  "order-ambiguous": "ambiguous orders",
  "order-currency-mismatch": "tracked in another currency",
  "within-tolerance": "differences within the tolerance",
  "value-mismatch": "other values",
  "row-duplicate": "counted twice",
  "row-excluded-order-hit": "of orders left out",
  "row-out-of-window-hit": "of orders of another time",
  "row-ambiguous": "ambiguous purchases",
  "row-unusable-id": "unusable ids",
  "row-unexpected": "without an order",
  "tracked-in-other-currency": "of orders in another currency",
};

export const dimensionWords: Record<Dimension, { tab: string; head: string; none: string }> = {
  day: { tab: "Day", head: "Day", none: "" },
  "payment-method": { tab: "Payment method", head: "Payment method", none: "None said" },
  channel: { tab: "Channel", head: "Channel", none: "None said" },
  currency: { tab: "Currency", head: "Currency", none: "" },
  cause: { tab: "Cause", head: "Why the value differs", none: "Does not differ, or was not found" },
  "key-type": { tab: "Kind of id", head: "Found by", none: "Not found" },
};

/** Beside the bucket, of orders and of rows. */
const flagWords: Readonly<Record<string, { short: string; meaning: string }>> = {
  refundedLater: { short: "Refunded", meaning: "It was refunded later. What is compared is the amount first ordered." },
  duplicated: {
    short: "Counted twice",
    meaning: "It was tracked more than once. The earliest counts; each other is listed as a duplicate.",
  },
  lookAlike: {
    short: "A look-alike",
    meaning:
      "Something on the other side has the same amount and currency within half an hour. It is only a suggestion until a person confirms it.",
  },
  rounded: {
    short: "Rounded",
    meaning: "The analytics told more decimals than the currency has, so they were rounded.",
  },
  dayShift: {
    short: "Another day",
    meaning: "It was tracked on another day than it was ordered, by the property’s clocks.",
  },
  sameValue: { short: "The same value", meaning: "It has the value of the purchase that counts." },
  setAside: {
    short: "Set aside",
    meaning: "A person has set it aside. It still counts, since what was tracked was tracked.",
  },
};

export function flagsOf(names: readonly string[]): { name: string; short: string; meaning: string }[] {
  return names.map((name) => ({ name, short: name, meaning: "", ...flagWords[name] }));
}

/** Of a list of findings: those that are plainly matched are only counted. */
export function listedWords({ side, bucket }: { side: "order" | "row"; bucket: string }): BucketWords {
  if (side === "row") return rowWords[bucket as RowBucket];
  if (bucket !== "matched") return orderWords[bucket as OrderBucket];
  const meaning =
    "By a person’s decision, or with a difference within the tolerance. The plainly matched are only counted.";
  return { name: "Matched, not plainly", meaning };
}

/** What is so of an order that lies there. */
export const orderMeanings: Record<OrderBucket, string> = {
  missing: "Nothing was tracked for it, though the analytics has told everything of its day.",
  "value-mismatch": "It was tracked with another amount than the shop’s.",
  "currency-mismatch": "It was tracked under another currency than the shop’s.",
  ambiguous: "Its id is another order’s, too, so nobody can say which of them was tracked.",
  pending: "It is so new that what was tracked may still come.",
  unverifiable: "Nothing was tracked for it, but the analytics has not told everything of its day.",
  matched: "It was tracked with the value that the shop has, or within the tolerance.",
  excluded: "It takes no part in any figure.",
};
