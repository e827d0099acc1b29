/** How well analytics saw the shop. A rate whose base is zero is null: nothing is not all. */
import { type CurrencyTally } from "~/features/reconciliation/figures/tallies";
import { type Interval, wilsonInterval } from "~/features/reconciliation/figures/wilson";
import { orderBuckets, rowBuckets, type OrderBucket, type RowBucket } from "~/features/reconciliation/compare/outcomes";

export interface Rates {
  /** Orders that take part and of which it is known by now. */
  settled: number;
  capture: number | null;
  exact: number | null;
  missing: number | null;
  ambiguous: number | null;
  /** Of the hits of these orders. */
  duplicate: number | null;
  /** Of all rows. */
  unexpected: number | null;
  /** 95 %, for few orders only. */
  captureInterval: Interval | null;
}

export interface CurrencyRates {
  currency: string;
  /** By value: what was found of what takes part. */
  capture: number | null;
  /** 1 less what found orders differ by, of those tracked in their own currency. */
  valueAccuracy: number | null;
  /** What analytics has too much (or, negative, too little) of the shop's revenue. */
  netVariance: number | null;
}

/** From so many orders on the rate speaks for itself. */
const ENOUGH = 200;

const found = ["matched", "value-mismatch", "currency-mismatch"] as const;
const asked = [...found, "ambiguous", "missing"] as const;

export function rates(tallies: readonly CurrencyTally[]): Rates {
  const orders = counts(
    orderBuckets,
    tallies.map((tally) => tally.orders),
  );
  const rows = counts(
    rowBuckets,
    tallies.map((tally) => tally.rows),
  );
  const settled = asked.reduce((total, bucket) => total + orders[bucket], 0);
  const captured = found.reduce((total, bucket) => total + orders[bucket], 0);
  return {
    settled,
    capture: share(captured, settled),
    exact: share(orders.matched, settled),
    missing: share(orders.missing, settled),
    ambiguous: share(orders.ambiguous, settled),
    duplicate: share(rows.duplicate, rows.primary + rows.duplicate),
    unexpected: share(
      rows.unexpected,
      rowBuckets.reduce((total, bucket) => total + rows[bucket], 0),
    ),
    captureInterval: settled < ENOUGH ? wilsonInterval(captured, settled) : null,
  };
}

export function currencyRates({ currency, orders, rows, difference }: CurrencyTally): CurrencyRates {
  const amount = (buckets: readonly OrderBucket[]) => buckets.reduce((sum, bucket) => sum + orders[bucket].amount, 0n);
  const tracked = rowBuckets.reduce((sum, bucket) => sum + rows[bucket].value, 0n);
  const shop = amount(orderBuckets.filter((bucket) => bucket !== "excluded"));
  const off = ratio(difference.absolute, amount(["matched", "value-mismatch"]));
  return {
    currency,
    capture: ratio(amount(found), amount(asked)),
    valueAccuracy: off === null ? null : 1 - off,
    netVariance: ratio(tracked - shop, shop),
  };
}

function counts<Bucket extends OrderBucket | RowBucket>(
  buckets: readonly Bucket[],
  tallies: readonly Record<Bucket, { count: number }>[],
): Record<Bucket, number> {
  const summed = buckets.map((bucket) => [bucket, tallies.reduce((sum, tally) => sum + tally[bucket].count, 0)]);
  return Object.fromEntries(summed) as Record<Bucket, number>;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function ratio(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number(part) / Number(whole);
}
