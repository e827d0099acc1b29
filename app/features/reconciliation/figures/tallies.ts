/** What every figure is made of: how many orders and rows lie where, and what they come to, by currency. */
import { ExactSums } from "~/features/reconciliation/columns/exact-sum";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { orderBuckets, type OrderBucket, rowBuckets, type RowBucket } from "~/features/reconciliation/compare/outcomes";

export interface CurrencyTally {
  currency: string;
  /** Orders whose own currency it is. Amounts on the basis compared, in minor units. */
  orders: Record<OrderBucket, { count: number; amount: bigint }>;
  /** Rows tracked in it. */
  rows: Record<RowBucket, { count: number; value: bigint }>;
  /** Tracked value less the order's amount, of orders found in their own currency: with its sign and without. */
  difference: { matched: bigint; mismatched: bigint; absolute: bigint };
  /** Counted rows of orders in another currency. */
  ofOtherCurrency: bigint;
}

type Counts = { count: Uint32Array; sum: ExactSums };

const matched = orderBuckets.indexOf("matched");
const otherCurrency = orderBuckets.indexOf("currency-mismatch");
const primary = rowBuckets.indexOf("primary");

/** Where the sums of differences lie among those of a currency. */
const differences = ["matched", "mismatched", "absolute", "ofOtherCurrency"] as const;

/** By currency, in the order of the codes. */
export function tallies(comparison: Comparison): CurrencyTally[] {
  const { books } = comparison;
  const orders = tallyOrders(comparison);
  const rows = tallyRows(comparison);
  const moved = sumDifferences(comparison);
  const codes = Array.from({ length: books.currencies.size }, (_, number) => books.currencies.text(number));
  const byCurrency = codes.map((currency, number) => {
    const difference = (name: (typeof differences)[number]) =>
      moved.total(number * differences.length + differences.indexOf(name));
    return {
      currency,
      orders: byBucket(orderBuckets, number, orders, (count, amount) => ({ count, amount })),
      rows: byBucket(rowBuckets, number, rows, (count, value) => ({ count, value })),
      difference: {
        matched: difference("matched"),
        mismatched: difference("mismatched"),
        absolute: difference("absolute"),
      },
      ofOtherCurrency: difference("ofOtherCurrency"),
    };
  });
  return byCurrency.sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function emptyCounts(size: number): Counts {
  return { count: new Uint32Array(size), sum: new ExactSums(size) };
}

function tallyOrders({ books, eligibility, orders }: Comparison): Counts {
  const counts = emptyCounts(books.currencies.size * orderBuckets.length);
  const { currency } = books.orders.facts;
  for (let order = 0; order < books.orders.length; order++) {
    const place = currency[order]! * orderBuckets.length + orders.bucket[order]!;
    counts.count[place]! += 1;
    counts.sum.add(place, eligibility.amount[order]!);
  }
  return counts;
}

function tallyRows({ books, rows }: Comparison): Counts {
  const counts = emptyCounts(books.currencies.size * rowBuckets.length);
  const { currency, value } = books.transactions.facts;
  for (let row = 0; row < books.transactions.length; row++) {
    const place = currency[row]! * rowBuckets.length + rows.bucket[row]!;
    counts.count[place]! += 1;
    counts.sum.add(place, value[row]!);
  }
  return counts;
}

function sumDifferences({ books, pairs, eligibility, orders, rows }: Comparison): ExactSums {
  const sums = new ExactSums(books.currencies.size * differences.length);
  const { currency, value } = books.transactions.facts;
  for (let row = 0; row < books.transactions.length; row++) {
    if (rows.bucket[row] !== primary) continue;
    const order = pairs.order[row]!;
    const place = currency[row]! * differences.length;
    if (orders.bucket[order] === otherCurrency) sums.add(place + 3, value[row]!);
    else {
      const difference = value[row]! - eligibility.amount[order]!;
      sums.add(place + (orders.bucket[order] === matched ? 0 : 1), difference);
      sums.add(place + 2, Math.abs(difference));
    }
  }
  return sums;
}

function byBucket<Bucket extends string, Entry>(
  buckets: readonly Bucket[],
  currency: number,
  { count, sum }: Counts,
  entry: (count: number, sum: bigint) => Entry,
): Record<Bucket, Entry> {
  const places = buckets.map((bucket, at) => {
    const place = currency * buckets.length + at;
    return [bucket, entry(count[place]!, sum.total(place))];
  });
  return Object.fromEntries(places) as Record<Bucket, Entry>;
}
