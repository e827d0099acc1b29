/** Where each row of the analytics comes to lie. */
import { type Calendar } from "~/features/reconciliation/columns/calendar";
import { type Judging } from "~/features/reconciliation/compare/judge-orders";
import { codesOf, exclusions, rowBuckets, rowFlags } from "~/features/reconciliation/compare/outcomes";
import { SEVERAL_ORDERS } from "~/features/reconciliation/compare/pair-rows";
import { DAY_MS } from "~/platform/time";

/** By row: the place in the list of buckets, flags as bits, and the day in the property's zone counted from 1970. */
export interface JudgedRows {
  bucket: Uint8Array;
  flags: Uint8Array;
  day: Int32Array;
}

const bucket = codesOf(rowBuckets);
const exclusion = codesOf(exclusions);

export function judgeRows(judging: Judging & { calendar: Calendar; aside: ReadonlySet<number> }): JudgedRows {
  const { length, facts } = judging.books.transactions;
  const judged = { bucket: new Uint8Array(length), flags: new Uint8Array(length), day: new Int32Array(length) };
  for (let row = 0; row < length; row++) {
    judged.day[row] = facts.isTimed[row] ? judging.calendar.dayAt(facts.atMs[row]!) : facts.atMs[row]! / DAY_MS;
    judged.bucket[row] = bucketOf(judging, row);
    if (judged.bucket[row] === bucket.duplicate && hasValueOfPrimary(judging, row)) {
      judged.flags[row] = rowFlags.sameValue;
    }
  }
  for (const row of judging.aside) judged.flags[row]! |= rowFlags.setAside;
  return judged;
}

function bucketOf({ books, pairs, eligibility, hits }: Judging, row: number): number {
  const order = pairs.order[row]!;
  if (order >= 0) {
    const excluded = eligibility.exclusion[order]!;
    if (excluded === exclusion.none) return hits.primary[order] === row ? bucket.primary : bucket.duplicate;
    return excluded === exclusion["outside-window"] ? bucket["out-of-window-hit"] : bucket["excluded-order-hit"];
  }
  if (order === SEVERAL_ORDERS) return bucket.ambiguous;
  return books.transactions.facts.key[row]! < 0 ? bucket["unusable-id"] : bucket.unexpected;
}

function hasValueOfPrimary({ books, pairs, hits }: Judging, row: number): boolean {
  const { value, currency } = books.transactions.facts;
  const primary = hits.primary[pairs.order[row]!]!;
  return value[row] === value[primary] && currency[row] === currency[primary];
}
