/** How many orders and rows lie where and what they come to, by currency, out of the figures that are kept. */
import { orderBuckets, type OrderBucket, rowBuckets, type RowBucket } from "~/features/reconciliation/compare/outcomes";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";

export interface Amount {
  currency: string;
  /** Minor units as text. */
  amount: string;
}

export interface BucketLine<Bucket> {
  bucket: Bucket;
  count: number;
  amounts: Amount[];
}

/** Those that were read to explain rows of these days are none of them. */
export function ordersCompared(
  { orders, excluded }: Pick<Figures, "orders" | "excluded">,
  bucket: OrderBucket,
): number {
  return bucket === "excluded" ? orders.excluded - excluded["outside-window"] : orders[bucket];
}

/** All that take part. */
export function eligibleOrders(figures: Pick<Figures, "orders" | "excluded">): number {
  return orderBuckets
    .filter((bucket) => bucket !== "excluded")
    .reduce((sum, bucket) => sum + ordersCompared(figures, bucket), 0);
}

/** Of what is left out no amounts: they take no part in any. */
export function orderLines(figures: Figures): BucketLine<OrderBucket>[] {
  return orderBuckets.map((bucket) => ({
    ...{ bucket, count: ordersCompared(figures, bucket) },
    amounts:
      bucket === "excluded"
        ? []
        : figures.breakdowns.currency.map(({ currency, orders }) => ({ currency, amount: orders[bucket].amount })),
  }));
}

export function rowLines({ rows, currencies }: Figures): BucketLine<RowBucket>[] {
  return rowBuckets.map((bucket) => ({
    ...{ bucket, count: rows[bucket] },
    amounts: currencies.map(({ currency, bridge }) => ({ currency, amount: rowAmount(bridge, bucket).toString() })),
  }));
}

type KeptBridge = Figures["currencies"][number]["bridge"];

/** What counts for an order is what the other rows leave of the whole. */
function rowAmount({ steps, analytics }: KeptBridge, bucket: RowBucket): bigint {
  const ofRows = steps.filter(({ step }) => step.startsWith("row-"));
  const sum = (some: KeptBridge["steps"]) => some.reduce((total, { amount }) => total + BigInt(amount), 0n);
  if (bucket === "primary") return BigInt(analytics) - sum(ofRows);
  return sum(ofRows.filter(({ step }) => step === `row-${bucket}`));
}
